/** The small screen above a window. What it says of its window comes from the hall; these are for when it cannot. */
export default {
  title: '窗口小屏',
  connecting: '正在连接',
  /** The line to the hall has been silent for ten seconds. */
  aging: '画面可能不是最新的',
  /** For a minute: nothing that was known is shown as if it were true. */
  lost: '请听叫号',
  lostNote: '和大厅断开了',
  unknown: '没有这个窗口',
}
