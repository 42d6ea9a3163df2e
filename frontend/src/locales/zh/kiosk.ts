/** The touch screen at the door. */
export default {
  title: '取号',
}
