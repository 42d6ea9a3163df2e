/** The twenty windows out of the box, as far as pages show them. A running hall tells its own. */
import type { Text } from '../types'

type Row = [
  id: string,
  series: string,
  zh: string,
  en: string,
  fullZh: string,
  fullEn: string,
  headZh: string,
  headEn: string,
  about: string,
  words: string,
]

// prettier-ignore
const rows: Row[] = [
  ['general', 'A', '综合', 'General Reception', '信访局（综合受理）', 'Public Complaints and Proposals Bureau (General Reception)', '问进度、提建议', 'Progress, suggestions', '不知道找谁、几个部门都有关、问办到哪一步、提意见', '信访'],
  ['housing', 'B', '住建', 'Housing', '住房和城乡建设局', 'Housing and Urban-Rural Development Bureau', '房产证、漏水、物业', 'Deeds, leaks, upkeep', '买房办不了证、烂尾楼、到期不交房、房子漏水开裂、物业、维修基金、公租房、危房、装电梯', '房产证 物业 城建'],
  ['natural-resources', 'C', '自然资源', 'Natural Resources', '自然资源局', 'Natural Resources Bureau', '征地、地界、宅基地', 'Land, borders, plots', '征地补偿、争地界、宅基地证、房产登记、乱占地、乱挖矿、建房规划', '征地 宅基地 国土'],
  ['civil-affairs', 'D', '民政', 'Civil Affairs', '民政局', 'Civil Affairs Bureau', '低保、五保、救助', 'Low income, relief', '低保、五保（特困）、家里遇到难处、残疾补贴、老人补贴、养老院、结婚离婚、收养、丧葬', '低保 补贴'],
  ['social-security', 'V', '人社', 'Work, Social Security', '人力资源和社会保障局', 'Human Resources and Social Security Bureau', '讨工钱、工伤、社保', 'Unpaid wages, injury', '老板欠工资、劳动仲裁、工伤、养老金、退休、失业金、失地社保', '讨工钱 社保 养老金 劳动局'],
  ['public-security', 'F', '公安', 'Police', '公安局', 'Public Security Bureau', '户口、报案、车祸', 'Residence, reports', '户口、身份证、报案后没消息、车祸、吵闹打架、被骗钱', '户口 车祸'],
  ['justice', 'G', '司法', 'Legal Aid, Mediation', '司法局', 'Justice Bureau', '请人调解、问律师', 'Mediation, lawyers', '邻里家庭纠纷评理、法律援助、问律师、不服政府处罚或决定（行政复议）、公证', '法律援助'],
  ['court', 'H', '法院', 'Court', '人民法院', "People's Court", '打官司、判了不给钱', 'Lawsuits, enforcement', '打官司（立案）、先调解、判了不给钱、对判决不服', '打官司'],
  ['procuratorate', 'A', '检察院', 'Procuratorate', '人民检察院', "People's Procuratorate", '案子申诉、司法救助', 'Case appeals, relief', '案子申诉、请求监督、国家赔偿、司法救助、污染等公益线索', '申诉'],
  ['discipline', 'A', '纪检监察', 'Discipline Inspection', '纪委监委', 'Discipline Inspection and Supervision Commission', '反映干部、村干部', 'Conduct of officials', '反映干部、村里的钱被占、办事不公、吃拿卡要', '村干部'],
  ['agriculture', 'L', '农业农村', 'Agriculture', '农业农村局', 'Agriculture and Rural Affairs Bureau', '承包地、种粮补贴', 'Farmland, grain grants', '承包地、租地（流转）、批地建房、种粮补贴、假种子假农药、村里的账、帮扶、养殖', '补贴 承包地'],
  ['urban-management', 'M', '城管', 'Urban Management', '城市管理和综合执法局', 'Urban Management and Law Enforcement Bureau', '违建、摆摊、油烟', 'Illegal builds, fumes', '违章搭建、占道摆摊、油烟、工地灰尘和吵闹、垃圾、路灯、乱停车', '违建 垃圾'],
  ['education', 'N', '教育', 'Education', '教育局', 'Education Bureau', '上学、转学、学费', 'Schools, fees', '上学、转学、乱收费、校园欺负、补习班退钱、助学金、老师待遇', '学校'],
  ['health', 'P', '卫健', 'Health', '卫生健康局', 'Health Bureau', '医院纠纷、村医', 'Hospitals, doctors', '医院纠纷、村医、计划生育奖励、独生子女、尘肺职业病、水不干净', '医院'],
  ['medical-insurance', 'Q', '医保', 'Medical Insurance', '医疗保障局', 'Healthcare Security Bureau', '看病报销、交医保', 'Claims, insurance', '看病报销、外地看病、慢性病大病、交医保、医疗救助', '医保'],
  ['transport', 'Y', '交通', 'Transport', '交通运输局', 'Transport Bureau', '村里的路、班车', 'Village roads, buses', '村里的路、修路占地、班车、出租车、大车超载', '村里的路'],
  ['water', 'S', '水利', 'Water Resources', '水利局', 'Water Resources Bureau', '没水喝、水库移民', 'No water, reservoirs', '没水喝、停水（农村）、水库移民、挖沙、放水浇田纠纷', '没水喝'],
  ['forestry', 'T', '林业', 'Forestry', '林业局', 'Forestry Bureau', '山林界、林子补贴', 'Forest borders, grants', '争山界、公益林补偿、砍树、野猪拱庄稼', '山界 补贴'],
  ['market-regulation', 'U', '市场监管', 'Consumer, Market', '市场监督管理局', 'Market Regulation Bureau', '假货、退钱、食品', 'Fakes, refunds, food', '买到假货、退钱、过期食品、药品、乱涨价、办卡跑路、电梯', '假货'],
  ['veterans', 'W', '退役军人', 'Veterans', '退役军人事务局', 'Veterans Affairs Bureau', '退伍安置、优待证', 'Work placement, card', '退伍安置、优抚补助、优待证、烈属军属', '退伍'],
]

/** Windows whose department is never shown in public. */
export const discreet = new Set(['procuratorate', 'discipline'])

/** What discreet windows are called in public. */
export const reception: Text = { zh: '接待', en: 'Reception' }

export interface FakeWindow {
  id: string
  number: number
  series: string
  name: Text
  fullName: Text
  head: Text
  about: Text
  words: string[]
}

export const fakeWindows: readonly FakeWindow[] = rows.map(
  ([id, series, zh, en, fullZh, fullEn, headZh, headEn, about, words], index) => ({
    id,
    number: index + 1,
    series,
    name: { zh, en },
    fullName: { zh: `芷江侗族自治县${fullZh}`, en: fullEn },
    head: { zh: headZh, en: headEn },
    about: { zh: about, en: headEn },
    words: words.split(' '),
  }),
)
