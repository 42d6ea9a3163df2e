/** The board on the wall. */
export default {
  title: '叫号屏',
}
