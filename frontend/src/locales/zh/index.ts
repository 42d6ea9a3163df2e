/** The page that leads to the other pages. */
export default {
  title: '选择页面',
}
