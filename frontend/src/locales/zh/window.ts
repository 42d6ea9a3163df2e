/** The clerk’s page. */
export default {
  title: '窗口',
}
