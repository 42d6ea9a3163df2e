/** Words that more than one page says. State words are the same everywhere. */
export default {
  /** A ticket's state, as a visitor reads it. */
  ticketState: {
    waiting: '等候叫号',
    called: '请到窗口',
    serving: '正在接待',
    held: '请坐着等，号给您留着',
    missed: '刚才叫过您，号还有效，请到窗口说一声',
    transferred: '转到{window}，不用重新取号',
    done: '今天已接待',
    cancelled: '号已退掉',
    left: '今天的号已到期',
    deferred: '改日优先接待，请问服务台',
  },
  /** The same, as a clerk reads it. */
  clerkState: {
    waiting: '等候',
    called: '已叫，等人到',
    serving: '正在接待',
    held: '稍后继续',
    missed: '过号',
    transferredIn: '转来',
    transferredOut: '转出',
    rejoined: '已排上',
    cancelled: '已退号',
    left: '过号未回',
    deferred: '改日优先',
  },
  outcome: {
    resolved: '现场答复解决',
    referred: '交（转）办',
    unrecorded: '未填结果',
  },
  /** A window's status on boards and lists; {time} is 14:30. */
  windowStatus: {
    serving: '正在接待',
    idle: '不用等',
    /** Nobody is there, but others wait for it. */
    waiting: '请坐着等',
    calling: '请到窗口',
    pausedUntil: '暂停到{time}',
    paused: '暂停服务',
    opensAt: '{time}开始',
    notYet: '还没开',
    closedToday: '今天不开',
    oncall: '随叫随到',
    stopped: '今天取号已结束',
    fault: '线路断开',
  },
  /** A service's state on a tile; {numbers} is 4个号, {time} is 下午2:30. */
  serviceStatus: {
    waiting: '{numbers}',
    idle: '不用等',
    open: '可以取号',
    pausedUntil: '暂停到{time}',
    paused: '暂停服务',
    opensAt: '{time}起',
    closedToday: '今天不开',
    oncall: '随叫随到',
    stopped: '取号结束',
    dayOff: '今天休息',
  },
  pauseReason: {
    meeting: '开会',
    countryside: '下乡',
    meal: '吃饭',
    materials: '取材料',
    handover: '交接班',
    other: '其他',
  },
  /** How a slip's printing ended. Sent is not printed. */
  print: {
    reserved: '等着打印',
    sending: '正在打印',
    confirmed: '已打印',
    sent: '已发送，未确认',
    failed: '没打出来',
    unknown: '不确定',
    none: '没有打印',
  },
  window: '窗口',
  number: '号码',
  /** Common buttons. */
  back: '返回',
  ok: '好',
  tryAgain: '再试一次',
  /** Failures by their code, dots written as hyphens. */
  problem: {
    'hub-unreachable': '和大厅断开了',
    'hub-unexpected': '这一步没做成，请再试一次',
  },
}
