/**
 * 異体字 by group: the first form is the one that names are searched by, the others are found under it. Only for the key: the
 * name itself keeps its form. A group too many finds a name too many, never the wrong person silently.
 */

/** いわゆる康熙字典体 of the 常用漢字表 (平成22年内閣告示第2号) and pairs of the 人名用漢字 (戸籍法施行規則別表第二), as far as NFKC does not join them. */
const OLD_FORMS = `亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩
仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂 渇渴 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 顔顏 既旣 帰歸 気氣
亀龜 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 教敎 郷鄕 尭堯 暁曉 区區 駆驅 勲勳 薫薰 径徑 恵惠 掲揭 渓溪 経經 継繼 茎莖 蛍螢 軽輕 鶏鷄
芸藝 撃擊 欠缺 倹儉 圏圈 検檢 権權 献獻 研硏 県縣 険險 顕顯 験驗 厳嚴 効效 広廣 恒恆 黄黃 鉱鑛 号號 国國圀 黒黑 砕碎 済濟 剤劑 雑雜 参參
惨慘 桟棧 蚕蠶 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 釈釋 写寫 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍 将將 称稱 焼燒 渉涉 証證
奨奬 条條 状狀 乗乘 浄淨 剰剩 畳疊 嬢孃 縄繩 壌壤 譲讓 醸釀 触觸 嘱囑 寝寢 慎愼 真眞 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數 瀬瀨
声聲 静靜 摂攝 専專 戦戰 浅淺 潜潛 繊纖 践踐 銭錢 禅禪 曽曾 双雙 壮壯 捜搜 挿插 巣巢 争爭 痩瘦 荘莊 装裝 総總 聡聰 騒騷 増增 臓臟 蔵藏
即卽 属屬 続續 堕墮 対對 体體躰 帯帶 滞滯 台臺 滝瀧 沢澤 択擇 単單 担擔 胆膽 団團 弾彈 断斷 痴癡 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 勅敕 鎮鎭
逓遞 鉄鐵 転轉 点點 伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬭 徳德 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 廃廢 拝拜 売賣 麦麥 発發 髪髮 抜拔 晩晚 蛮蠻
秘祕 瓶甁 払拂 仏佛 併倂 並竝 変變 歩步 宝寶寳 豊豐 褒襃 没沒 翻飜 毎每 万萬 満滿 麺麵 黙默 餅餠 弥彌 戻戾 訳譯 薬藥 与與 予豫 余餘 誉譽
揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 竜龍 両兩 猟獵 緑綠 涙淚 塁壘 励勵 礼禮 隷隸 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 楼樓 録錄 湾灣
亘亙 凛凜 婿壻聟 槙槇 桧檜 禄祿 穣穰 萌萠 遥遙 瑶瑤 清淸 青靑 呉吳 産產 彦彥 郎郞 飲飮 間閒 麹麴 鴎鷗 頬頰 蒋蔣 醤醬 繋繫 騨驒 昂昻 妍姸 巌巖`

/** Forms that stand in 戸籍 and 住民記録 for one family name [own knowledge, verify: 文字情報基盤 縮退マップ]. */
const NAMES = `高髙 崎﨑碕嵜 柳栁桺 浜濱濵 辺邊邉 斉齊斎齋 島嶋嶌 吉𠮷 渕淵渊 富冨 館舘 昇曻 桑桒 橋槗𣘺 喜㐂 峰峯 薮藪籔 篭籠 臈﨟 欅﨔 鶴靏靍 桝枡 船舩
庵菴葊 壷壺 涛濤 湧涌 熙煕凞 珍珎 留畄 礪砺 禰祢 秋穐 協恊 迪廸 涼凉 宜冝 爾尓 晃晄 剣劍劔劒剱 穎頴 顛顚 諫諌 讃讚 舗鋪 陰隂 須湏 野埜 松枩 梅楳 
土圡 角⻆ 葛𦹝 幡旛 塚塜 耀燿 皐皋 糾糺`

/** form → the form it is searched by. */
export const VARIANTS: ReadonlyMap<string, string> = new Map(
  `${OLD_FORMS} ${NAMES}`.split(/\s+/).flatMap((group) => {
    const [key = '', ...others] = group
    return others.map((form) => [form, key] as const)
  }),
)
