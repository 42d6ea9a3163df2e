/** The page behind the QR code of a slip. */
export default {
  title: '我的号',
}
