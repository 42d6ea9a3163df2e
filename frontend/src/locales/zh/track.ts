/** The page behind the QR code of a slip. */
export default {
  title: '我的号',
  goTo: '叫到号后，请到{window}',
  soon: '快到您了，请回到大厅',
  now: '到您了！请到{window}',
  /** The same in the title, which is all that is seen of a page among others. */
  turn: '到您了！',
  /** Nobody calls now: the number's window, or the whole hall. */
  pause: {
    window: '窗口暂停服务，号都有效，恢复后按顺序叫',
    windowUntil: '窗口暂停到{time}，号都有效，恢复后按顺序叫',
    hall: '大厅暂停叫号，号都有效，请坐着等',
    hallUntil: '大厅暂停叫号到{time}，号都有效，请坐着等',
  },
  missed: '刚才叫过您，号还有效，请到{window}说一声',
  /** The button that lets the phone ring; said when it is off, on, and silenced by the phone. */
  bell: {
    off: '到了响一声',
    on: '到了会响一声',
    stopped: '声音停了，再点一下',
    hint: '锁屏或切到别的程序时，不一定会响，请听叫号',
    hintVibrates: '到了会振动。锁屏或切到别的程序时，不一定提醒，请听叫号',
  },
  /** After the end. Scores are keys: 5 is the best. */
  rating: {
    ask: '今天的接待，您满意吗？（不记名）',
    score: { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' },
    thanks: '谢谢您！',
  },
  /** The tablet at a window. Between two visitors it greets. */
  tablet: {
    title: '评价',
    hello: '您好，请坐',
    text: '接待完以后，请在这里点一下满意不满意，不记名',
    unknown: '没有这个窗口',
    unknownText: '请工作人员看一下地址。',
  },
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
}
