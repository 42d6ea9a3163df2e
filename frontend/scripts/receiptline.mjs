// Tells how many bytes receiptline makes of the full Chinese slip of docs/performance.md, for `make bench` to hold ours
// against. It is a development dependency only: nothing of it is in the program.
import receiptline from 'receiptline'

const slip = `芷江信访超市

^^^^C012
叫到号后请到 ^^3号窗口
自然资源

前面还有4个号
大约等10到25分钟
来访3人  2026-03-02 09:41
{code:HTTP://10.0.0.5/T/7KQ2MZ9XW4; option:qrcode,4,m}
扫一扫，看叫到几号了

请坐着等，听叫号、看屏幕
错过叫号不要紧，号还有效：
到3号窗口说一声，隔3个号叫您
小票只用来排队，当天有效
本机不记姓名、不查证件、不拍照
=
`
const printer = { cpl: 48, encoding: 'gb18030', command: 'escpos', spacing: false, cutting: true }
console.log(Buffer.from(receiptline.transform(slip, printer), 'binary').length)
