/** The wall. */
export default {
  title: '叫号屏',
  calling: '正在叫号',
  called: '最近叫过',
  none: '还没开始叫号，请坐着等',
  head: {
    window: '窗口',
    name: '部门',
    status: '状态',
    number: '号码',
    waiting: '等候（号）',
  },
  hint: '错过叫号不要紧，到窗口说一声，隔{numbers}叫您',
  hintSoon: '错过叫号不要紧，到窗口说一声',
  stopped: '今天取号已结束。已经取了号的，都会接待',
  page: '第{page}页，共{pages}页',
  connecting: '正在连接大厅，请听叫号',
  aging: '画面可能不是最新的',
  old: '画面停在{time}，请听叫号，或看窗口上方的小屏',
}
