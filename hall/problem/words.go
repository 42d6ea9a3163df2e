package problem

import "net/http"

// entry is what a code means to HTTP and to people.
type entry struct {
	status int
	zh, en string
	// layer marks the code that stands for a status which the HTTP layer decides by itself.
	layer bool
}

// words holds every code of the program. What a visitor may read is calm: what
// is so, and what to do next.
var words = map[string]entry{
	"service.unknown":             {http.StatusUnprocessableEntity, "没有这个服务，请重新选", "There is no such service. Please choose again.", false},
	"window.unknown":              {http.StatusNotFound, "没有这个窗口", "There is no such window.", false},
	"window.closed":               {http.StatusConflict, "窗口还没开，请先开窗口", "The window is closed. Open it first.", false},
	"window.paused":               {http.StatusConflict, "窗口暂停着，请先恢复", "The window is paused. Resume first.", false},
	"window.busy":                 {http.StatusConflict, "窗口还有号，请先选结果", "There is a number at the window. Choose its outcome first.", false},
	"window.no-ticket":            {http.StatusConflict, "窗口现在没有号", "There is no number at the window.", false},
	"ticket.unknown":              {http.StatusNotFound, "没有这个号，或者已经到期", "There is no such number, or it has expired.", false},
	"ticket.not-waiting":          {http.StatusConflict, "这个号不在等候", "This number is not waiting.", false},
	"ticket.not-called":           {http.StatusConflict, "这个号不在叫号中", "This number is not being called.", false},
	"ticket.not-serving":          {http.StatusConflict, "这个号不在接待中", "This number is not being served.", false},
	"ticket.not-missed":           {http.StatusConflict, "这个号没有过号，不用再排", "This number was not missed.", false},
	"ticket.not-held":             {http.StatusConflict, "这个号没有挂起", "This number is not on hold.", false},
	"ticket.elsewhere":            {http.StatusConflict, "这个号不归这个窗口", "This number belongs to another window.", false},
	"undo.nothing":                {http.StatusConflict, "没有可以撤回的操作", "There is nothing to undo.", false},
	"undo.too-late":               {http.StatusConflict, "时间过了，不能撤回了", "It is too late to undo.", false},
	"undo.moved-on":               {http.StatusConflict, "这个号已有新的进展，不能撤回", "The number has moved on. It cannot be undone.", false},
	"join.same-window":            {http.StatusConflict, "就是这个窗口，请选别的窗口", "It is this very window. Choose another.", false},
	"cover.own-service":           {http.StatusConflict, "本窗口已在办这个部门的事", "This window takes that service already.", false},
	"ticket.ended":                {http.StatusConflict, "这个号已经结束", "This number has ended.", false},
	"ticket.persons":              {http.StatusUnprocessableEntity, "来访人数请填1到99", "The party must be 1 to 99 people.", false},
	"ticket.code":                 {http.StatusServiceUnavailable, "现在取不了号，请再试一次", "No number can be issued right now. Please try again.", false},
	"ticket.recall-too-soon":      {http.StatusConflict, "刚叫过，请稍等再叫", "It was called a moment ago. Please wait.", false},
	"ticket.miss-too-soon":        {http.StatusConflict, "还不能按过号，请再叫、再等一等", "Too soon to mark it missed. Call again and wait.", false},
	"ticket.outcome-unknown":      {http.StatusUnprocessableEntity, "没有这种结果，请重新选", "There is no such outcome. Please choose again.", false},
	"transfer.same-window":        {http.StatusConflict, "就是这个窗口，不用转", "It is this very window.", false},
	"transfer.target":             {http.StatusUnprocessableEntity, "请选一个要转去的窗口或部门", "Choose one window or one service to move to.", false},
	"job.unknown":                 {http.StatusNotFound, "没有这张小票", "There is no such slip.", false},
	"job.ended":                   {http.StatusConflict, "这张小票已经有结果", "This slip has its outcome already.", false},
	"job.state":                   {http.StatusUnprocessableEntity, "小票不能是这个状态", "A slip cannot be in that state.", false},
	"job.slip":                    {http.StatusConflict, "这个号现在不能打这种小票", "This number cannot have that slip now.", false},
	"ticket.printed":              {http.StatusConflict, "这个号的小票打出来了，不能作废", "The slip of this number came out. It cannot be voided.", false},
	"slip.unknown":                {http.StatusNotFound, "没有这种小票", "There is no such slip.", false},
	"slip.template":               {http.StatusUnprocessableEntity, "小票的写法有错，请看说明", "The slip's template is wrong; see the detail.", false},
	"voice.sound-unknown":         {http.StatusNotFound, "这段声音已经不留了", "This sound is no longer kept.", false},
	"printer.none":                {http.StatusConflict, "这里没有打印机，请到服务台补打", "There is no printer here. Please ask the service desk.", false},
	"rating.not-yet":              {http.StatusConflict, "接待完了才能评价", "You can rate once you have been received.", false},
	"rating.given":                {http.StatusConflict, "这个号评价过了，谢谢您", "This number has rated already. Thank you.", false},
	"rating.unavailable":          {http.StatusServiceUnavailable, "评价没记上，请再点一次", "Your rating was not kept. Please tap once more.", false},
	"reason.unknown":              {http.StatusUnprocessableEntity, "没有这个原因，请重新选", "There is no such reason. Please choose again.", false},
	"service.off":                 {http.StatusConflict, "这个窗口今天不开，综合窗口先接待您", "This window is closed today. General Reception will see you.", false},
	"service.stopped":             {http.StatusConflict, "这里今天取号已结束，综合窗口先接待您", "No more numbers here today. General Reception will see you.", false},
	"day.early":                   {http.StatusConflict, "还没到取号时间，请先坐一坐", "It is not time for numbers yet. Please take a seat.", false},
	"day.off":                     {http.StatusConflict, "今天休息，请改日再来", "Closed today. Please come another day.", false},
	"day.paused":                  {http.StatusConflict, "大厅暂停着，请先恢复", "The whole hall is paused. Resume first.", false},
	"day.not-open":                {http.StatusConflict, "今天还没开始，先开窗口或取号", "The day has not begun. Open a window or take a number.", false},
	"day.stopped":                 {http.StatusConflict, "今天取号已结束，已取的号都会接待", "No more numbers today. Everyone who holds one will be received.", false},
	"day.closed":                  {http.StatusConflict, "今天已结束", "The day has ended.", false},
	"day.over":                    {http.StatusConflict, "新的一天开始了，请再试一次", "A new day has begun. Please try again.", false},
	"day.open-tickets":            {http.StatusConflict, "还有号没接待完，请先处理", "Some numbers are still open. Please decide on them first.", false},
	"configuration.invalid":       {http.StatusUnprocessableEntity, "设置有误，请改正后再试", "The configuration is not right. Correct it and try again.", false},
	"configuration.window-in-use": {http.StatusConflict, "要去掉的窗口还有号，请先接待完", "A window that would go still has a number. Finish it first.", false},
	"configuration.changed":       {http.StatusConflict, "设置已被别人改过，请看差别再存", "Somebody else has changed the configuration. See the differences first.", false},
	"journal.unavailable":         {http.StatusServiceUnavailable, "现在记不下来，请再试一次", "It cannot be recorded right now. Please try again.", false},
	"hall.ending":                 {http.StatusServiceUnavailable, "系统正在重新启动，请稍等", "The system is restarting. Please wait.", true},
	"request.key-missing":         {http.StatusPreconditionRequired, "请求缺少编号（Idempotency-Key）", "The request needs an Idempotency-Key of 8 to 128 printable characters.", true},
	"request.key-reused":          {http.StatusConflict, "这个请求编号已用于别的内容", "This Idempotency-Key was used for another request.", false},
	"request.malformed":           {http.StatusBadRequest, "请求看不懂", "The request cannot be read.", true},
	"request.unknown":             {http.StatusNotFound, "没有这个地址", "There is nothing at this address.", true},
	"request.method":              {http.StatusMethodNotAllowed, "这个地址不能这样用", "This address does not take that method.", true},
	"request.host":                {http.StatusMisdirectedRequest, "请用本机地址打开", "Open it by its own address.", true},
	"request.too-large":           {http.StatusRequestEntityTooLarge, "请求太大了", "The request is too large.", true},
	"request.media":               {http.StatusUnsupportedMediaType, "请求要用 JSON", "The request must be JSON.", true},
	"request.invalid":             {http.StatusUnprocessableEntity, "请求内容不对，请检查", "The request is not right. Please check it.", true},
	"internal":                    {http.StatusInternalServerError, "出了点问题，请再试一次或找服务台", "Something went wrong. Please try again or ask the service desk.", true},
}
