/** The page behind the QR code of a slip. */
export default {
  title: '我的号',
  goTo: '叫到号后，请到{window}',
  soon: '快到您了，请回到大厅',
  now: '到您了！请到{window}',
  missed: '刚才叫过您，号还有效，请到{window}说一声',
  seated: '请坐着等，听叫号、看屏幕',
  expired: '这个号已到期',
  expiredText: '号只在当天有效。今天取的号打不开，请到服务台问一声。',
  lost: '和大厅断开了，请看大厅屏幕',
  loading: '正在查您的号',
  giveUp: '不等了，退号',
  askTitle: '不要{number}号了？',
  askText: '退了以后，就不再叫这个号。',
  keep: '留着',
  give: '退掉',
  /** The button to the other language, in that language. */
  other: 'English',
}
