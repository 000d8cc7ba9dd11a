import { addDays, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { dunned, receiptOf } from './base-resident.ts'
import { tsuchishoNo } from './examples.ts'
import type { Resident, SampleCharge } from './resident.ts'
import type { World } from './world.ts'

/**
 * 見本の物語: the people whom the screens speak of, and one for every case that sheet 5.2 knows and the files can tell. Each is
 * a change to a person who has not paid the newest 納期; days hang on that 納期限, so the story moves with `--today`.
 */
export interface StoryCase {
  /** What it shows: a reason, a flag or 発行不能 of the sheet. */
  readonly shows: string
  readonly who: Partial<
    Pick<
      Resident,
      'atenaNo' | 'insuredNo' | 'name' | 'kana' | 'sex' | 'bornOn' | 'address' | 'addressDetail' | 'postalCode'
    >
  >
  /** 期ごとの額. */
  readonly yen?: number
  readonly change?: (resident: Resident, world: World, newestDue: PlainDate) => Resident
}

const day = plainDateOf

/** Changes the newest instalment. */
const newest = (resident: Resident, world: World, change: (charge: SampleCharge) => SampleCharge): Resident => {
  const period = String(world.newest + 1).padStart(2, '0')
  return {
    ...resident,
    charges: resident.charges.map((one) =>
      one.fukaYear === world.fukaYear && one.method === '普徴' && one.period === period ? change(one) : one,
    ),
  }
}
/** Everything of the newest instalment is paid on its day: the case lies in another instalment. */
const newestPaid = (resident: Resident, world: World): Resident =>
  newest(resident, world, (one) => ({ ...one, receipts: [receiptOf(world, one.yen, one.dueOn, '金融機関')] }))
const partPaid =
  (yen: number, daysBeforeToday: number): NonNullable<StoryCase['change']> =>
  (resident, world) =>
    newest(resident, world, (one) => ({
      ...one,
      receipts: [receiptOf(world, yen, addDays(world.today, -daysBeforeToday), 'コンビニ')],
    }))
const addCharge = (resident: Resident, charge: SampleCharge): Resident => ({
  ...resident,
  charges: [...resident.charges, charge],
})
const oldCharge = (world: World, yearsAgo: number, period: number, yen: number, serial: string): SampleCharge => {
  const fukaYear = world.fukaYear - yearsAgo
  return {
    fukaYear,
    tsuchishoNo: tsuchishoNo(fukaYear, serial),
    period: String(period).padStart(2, '0'),
    method: '普徴',
    dueOn: world.dueDates(fukaYear)[period - 1] ?? world.today,
    yen,
    receipts: [],
    deferral: null,
    dunned: null,
  }
}
const heirOf = (resident: Resident) => ({
  kind: '相続人代表' as const,
  name: `${resident.name.split(' ')[0] ?? ''} 相続`,
  postalCode: '0000015',
  address: 'みほん市南町3番3号',
})
const died = (resident: Resident, on: PlainDate): Resident => ({
  ...resident,
  diedOn: on,
  lost: { on, reason: '死亡' },
})

export const STORY: readonly StoryCase[] = [
  {
    shows: 'F-同',
    who: { insuredNo: '05964101', name: '髙橋 キヨ', kana: 'タカハシ キヨ', sex: '女', bornOn: day('1938-03-03') },
    yen: 14_200,
  },
  {
    shows: 'F-同',
    who: { insuredNo: '02334613', name: '高橋 キヨ', kana: 'タカハシ キヨ', sex: '女', bornOn: day('1938-03-03') },
    yen: 28_300,
  },
  {
    shows: 'F-部, 基準日の後の一部納付',
    who: { insuredNo: '09514324', name: '鈴木 久子', kana: 'スズキ ヒサコ', sex: '女' },
    yen: 11_500,
    change: partPaid(4000, 0),
  },
  {
    shows: 'A01',
    who: { insuredNo: '01993237', name: '髙橋 幸子', kana: 'タカハシ サチコ', sex: '女' },
    yen: 21_900,
    change: (resident, world, due) =>
      newest(resident, world, (one) => ({
        ...one,
        receipts: [receiptOf(world, 10_900, addDays(due, -5), '窓口')],
        deferral: { from: addDays(due, -3), to: addDays(due, 88), decision: '見本8-14' },
      })),
  },
  { shows: '対象', who: { insuredNo: '09822842', name: '山﨑 実', kana: 'ヤマザキ ミノル', sex: '男' }, yen: 6600 },
  {
    shows: 'A05',
    who: {
      atenaNo: '000000012345678',
      insuredNo: '04814950',
      name: '伊藤 キヨ',
      kana: 'イトウ キヨ',
      sex: '女',
      bornOn: day('1939-05-20'),
    },
    yen: 11_500,
    change: (resident, world) => ({
      ...resident,
      acquiredOn: day('2014-05-20'),
      protections: [
        {
          measure: '本',
          from: addDays(world.dueDates(world.fukaYear - 2)[7] ?? world.today, 31),
          expiresOn: day(`${world.fukaYear + 1}-03-31`),
          opponentName: '見本 相手',
        },
      ],
      charges: resident.charges.map((one) =>
        one.fukaYear === world.fukaYear && one.period === '01'
          ? { ...one, yen: 12_200, receipts: [receiptOf(world, 12_200, addDays(one.dueOn, -2), '窓口')] }
          : one,
      ),
    }),
  },
  {
    shows: 'A05, 仮',
    who: { name: '伊藤 ミツ', kana: 'イトウ ミツ', sex: '女' },
    change: (resident, _, due) => ({
      ...resident,
      protections: [{ measure: '仮', from: addDays(due, -20), expiresOn: null, opponentName: '' }],
    }),
  },
  {
    shows: 'A05 and A01',
    who: { name: '加藤 静江', kana: 'カトウ シズエ', sex: '女' },
    change: (resident, world, due) =>
      newest(
        {
          ...resident,
          protections: [{ measure: '本', from: addDays(due, -200), expiresOn: addDays(due, 165), opponentName: '' }],
        },
        world,
        (one) => ({ ...one, deferral: { from: addDays(due, -30), to: addDays(due, 60), decision: '見本8-15' } }),
      ),
  },
  {
    shows: 'A06',
    who: { name: '吉田 敏子', kana: 'ヨシダ トシコ', sex: '女' },
    change: (resident, _, due) => ({
      ...resident,
      protections: [{ measure: '本', from: addDays(due, -380), expiresOn: addDays(due, -16), opponentName: '' }],
    }),
  },
  {
    shows: 'A04',
    who: { insuredNo: '06924468', name: '伊藤 一郎', kana: 'イトウ イチロウ', sex: '男' },
    yen: 18_400,
    change: (resident, _, due) => died(resident, addDays(due, -9)),
  },
  {
    shows: '相続人代表あて',
    who: { insuredNo: '09471103', name: '橋本 勇', kana: 'ハシモト イサム', sex: '男' },
    yen: 16_300,
    change: (resident, _, due) => ({
      ...died(resident, addDays(due, -30)),
      deliveries: [{ ...heirOf(resident), from: addDays(due, -10), to: null }],
    }),
  },
  { shows: '対象', who: { insuredNo: '05861471', name: '佐藤 清', kana: 'サトウ キヨシ', sex: '男' }, yen: 9200 },
  { shows: '対象', who: { insuredNo: '05828488', name: '阿部 清', kana: 'アベ キヨシ', sex: '男' }, yen: 11_500 },
  { shows: '対象', who: { insuredNo: '03624194', name: '山﨑 正雄', kana: 'ヤマザキ マサオ', sex: '男' }, yen: 28_300 },
  {
    shows: 'F-部',
    who: { insuredNo: '06788335', name: '石川 清', kana: 'イシカワ キヨシ', sex: '男' },
    yen: 21_900,
    change: partPaid(5400, 9),
  },
  {
    shows: 'A03',
    who: { insuredNo: '06292866', name: '松本 武', kana: 'マツモト タケシ', sex: '男' },
    yen: 9200,
    change: partPaid(8800, 8),
  },
  {
    shows: 'ちょうど少額の基準 (対象)',
    who: { name: '松本 昇', kana: 'マツモト ノボル', sex: '男' },
    yen: 9200,
    change: partPaid(8200, 8),
  },
  {
    shows: '代理あて',
    who: { insuredNo: '08165771', name: '木村 博', kana: 'キムラ ヒロシ', sex: '男' },
    yen: 11_500,
    change: (resident, _, due) => ({
      ...resident,
      deliveries: [
        {
          kind: '代理',
          name: '見本法律事務所',
          postalCode: '0000010',
          address: 'みほん市中央一丁目5番5号',
          from: addDays(due, -100),
          to: null,
        },
      ],
    }),
  },
  {
    shows: 'F-部',
    who: { insuredNo: '07926389', name: '佐々木 武', kana: 'ササキ タケシ', sex: '男' },
    yen: 12_700,
    change: partPaid(5000, 1),
  },
  { shows: '対象', who: { insuredNo: '05906912', name: '池田 フミ', kana: 'イケダ フミ', sex: '女' }, yen: 16_300 },
  { shows: '対象', who: { insuredNo: '01163023', name: '渡邊 節子', kana: 'ワタナベ セツコ', sex: '女' }, yen: 9200 },
  { shows: '対象', who: { insuredNo: '08857849', name: '林 キヨ', kana: 'ハヤシ キヨ', sex: '女' }, yen: 14_200 },
  { shows: '対象', who: { insuredNo: '04491452', name: '田中 清', kana: 'タナカ キヨシ', sex: '男' }, yen: 14_200 },
  {
    shows: '随時81',
    who: { insuredNo: '02690691', name: '山本 ハナ', kana: 'ヤマモト ハナ', sex: '女' },
    yen: 14_200,
    change: (resident, world, due) =>
      addCharge(newestPaid(resident, world), {
        ...oldCharge(world, 0, 1, 14_200, '8000001'),
        period: '81',
        dueOn: due,
      }),
  },
  {
    shows: 'F-高, バーコードなし(300,000円超)',
    who: { name: '近藤 義雄', kana: 'コンドウ ヨシオ', sex: '男' },
    change: (resident, world, due) =>
      addCharge(newestPaid(resident, world), {
        ...oldCharge(world, 0, 1, 320_000, '8000002'),
        period: '81',
        dueOn: due,
      }),
  },
  {
    shows: 'A08',
    who: { name: '村上 和夫', kana: 'ムラカミ カズオ', sex: '男' },
    yen: 9200,
    change: (resident, world) => ({
      ...resident,
      charges: resident.charges.map((one) =>
        one.fukaYear === world.fukaYear - 1 && one.period === '08'
          ? { ...one, receipts: [receiptOf(world, one.yen + 9200, addDays(one.dueOn, -3), '金融機関')] }
          : one,
      ),
    }),
  },
  {
    shows: 'F-過',
    who: { name: '村上 茂', kana: 'ムラカミ シゲル', sex: '男' },
    yen: 9200,
    change: (resident, world) => ({
      ...resident,
      charges: resident.charges.map((one) =>
        one.fukaYear === world.fukaYear - 1 && one.period === '08'
          ? { ...one, receipts: [receiptOf(world, one.yen + 9100, addDays(one.dueOn, -3), '金融機関')] }
          : one,
      ),
    }),
  },
  {
    shows: 'A10',
    who: { name: '遠藤 豊', kana: 'エンドウ ユタカ', sex: '男' },
    change: (resident, world) => addCharge(newestPaid(resident, world), oldCharge(world, 2, 1, 7200, '8000003')),
  },
  {
    shows: 'F-残, F-遅, 手数料 100円',
    who: { name: '青木 三郎', kana: 'アオキ サブロウ', sex: '男' },
    yen: 8800,
    change: (resident, world) => ({
      ...newestPaid(resident, world),
      charges: newestPaid(resident, world).charges.map((one) =>
        one.fukaYear === world.fukaYear - 1 && one.period === '03' ? { ...one, receipts: [] } : one,
      ),
    }),
  },
  {
    shows: 'A02',
    who: { name: '坂本 トシ', kana: 'サカモト トシ', sex: '女' },
    change: (resident, world) => ({
      ...newestPaid(resident, world),
      charges: newestPaid(resident, world).charges.map((one) =>
        one.fukaYear === world.fukaYear - 1 && one.period === '05' ? dunned(world, { ...one, receipts: [] }) : one,
      ),
    }),
  },
  {
    shows: 'F-転',
    who: { name: '藤井 隆', kana: 'フジイ タカシ', sex: '男' },
    change: (resident, _, due) => ({
      ...resident,
      movedOutOn: addDays(due, -40),
      lost: { on: addDays(due, -40), reason: '転出' },
      postalCode: '0001234',
      address: 'となり市本町4番4号',
    }),
  },
  { shows: 'F-宛, U03', who: { name: '𠮷田 清', kana: 'ヨシダ キヨシ', sex: '男' } },
  { shows: 'U02', who: { name: '福田 千代', kana: 'フクダ チヨ', sex: '女', postalCode: '' } },
  {
    shows: 'U01',
    who: { name: '太田 勝', kana: 'オオタ マサル', sex: '男', postalCode: '', address: '', addressDetail: '' },
  },
  {
    shows: 'U05',
    who: { name: '三浦 光子', kana: 'ミウラ ミツコ', sex: '女' },
    change: (resident, _, due) => ({
      ...resident,
      deliveries: ['見本 長男', '見本 次女'].map((name) => ({
        kind: '代理' as const,
        name,
        postalCode: '0000012',
        address: 'みほん市本町2番2号',
        from: addDays(due, -60),
        to: null,
      })),
    }),
  },
  {
    shows: 'U07',
    who: {
      name: '長谷川 美代子',
      kana: 'ハセガワ ミヨコ',
      sex: '女',
      address:
        'みほん市大字見本字上ノ原中ノ原下ノ原東西南北入会地字境一ノ割二ノ割三ノ割四ノ割五ノ割六ノ割七ノ割1234番地の5678',
      addressDetail:
        '特別養護老人ホームみほんの里第一・第二・第三居住棟および地域交流センター併設小規模多機能ホームみほん本館東側二階201号室',
    },
  },
  {
    shows: '送付先(本人)',
    who: { name: '岡田 初枝', kana: 'オカダ ハツエ', sex: '女' },
    change: (resident, _, due) => ({
      ...resident,
      deliveries: [
        {
          kind: '本人',
          name: resident.name,
          postalCode: '0000020',
          address: 'みほん市港一丁目1番1号',
          from: addDays(due, -100),
          to: null,
        },
      ],
    }),
  },
]

/** The i-th story told of a person who has not paid: its names and numbers, the amounts, then what happened. */
export function tell(story: StoryCase, resident: Resident, world: World): Resident {
  const named: Resident = { ...resident, ...story.who }
  const yen = story.yen
  const priced: Resident =
    yen === undefined
      ? named
      : {
          ...named,
          charges: named.charges.map((one) => ({
            ...one,
            yen,
            receipts: one.receipts.map((receipt) => ({ ...receipt, yen })),
          })),
        }
  const due = world.dueDates(world.fukaYear)[world.newest] ?? world.today
  return story.change?.(priced, world, due) ?? priced
}

export const STORY_INSURED_NOS: ReadonlySet<string> = new Set(STORY.flatMap(({ who }) => who.insuredNo ?? []))
