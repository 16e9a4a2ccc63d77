# 徵求同意時顯示的文字。變量 who、publisher、issuer 等由他人書寫，已在代碼中隔離。

# The page.
notice-title = { $who }請求查看你的資料
label-who = 誰在請求
label-known-by = 名稱來自
known-by-list = 信任名單：{ $publisher }，{ $date }發布
known-by-certificate = 僅來自其證書（{ $authority }簽發）；你的信任名單上沒有它
label-says-of-itself = 它自稱
label-warning = 請注意
only-before-them = 只有當你本人正站在{ $who }面前時才繼續。這個碼可能被人轉發到別處。
from-another-device = 這個請求來自另一部裝置，也可能來自很遠的地方。只有當你面前 { $who } 的螢幕也顯示 { $number } 時才繼續。如果不是你自己發起的，請謝絕。

# What.
stated-by-holder = 持有人自述，沒有簽發機構的印章
from-issuer = 來自{ $issuer }
seal-valid = 印章有效；是否已被撤銷未查
seal-status-checked = 印章有效；簽發機構的名單顯示未被撤銷
seal-status-other = 印章有效；簽發機構的名單給出了自訂的狀態
seal-revoked = 已被簽發機構撤銷
seal-suspended = 已被簽發機構暫停
seal-invalid = 印章無效
seal-cannot-check = 印章無法核驗
mark-sensitive = 敏感
mark-optional = 可以不給

# Why, and what happens to it.
label-why = 為甚麼
in-scene = 場景：{ $scene }
label-necessity = 為何必要
label-impact = 對你可能的影響
label-actions = 會做甚麼
action-view = 查看
action-store = 保存
action-query = 據此查詢
action-share = 轉交給下列接收方
nothing-said = 沒有說明
label-kept = 保留多久
kept-not = 看後不保留
kept-delete = { $days } 天，到期刪除
kept-return = { $days } 天，到期歸還
kept-anonymise = { $days } 天，到期匿名化
label-onward = 轉交給誰
onward-nobody = 不轉交給任何人
label-stored-in = 存放地
place-CN = 中國內地
place-HK = 香港
place-MO = 澳門
place-other = 其他地方
label-machine = 機器決定
machine-decides = 決定僅由機器作出。說明：{ $explained }

# Rights.
label-refusal = 如果你拒絕
refusal-nothing-said = 對方沒有說明後果。你可以拒絕。
label-rights = 你的權利
rights = 查閱、複製、更正、刪除、要求解釋：{ $channel }
label-withdrawal = 撤回
withdrawal = 在密鑰交出之前，可隨時在本空間中撤回。之後無法從這裏收回：已被看到或複製的內容不在掌控之中；如要反對或要求刪除，請聯絡接收方。

# How often, until when.
label-uses = 可用次數
uses = { $uses } 次
label-until = 有效至
until-with-zone = { $until }（UTC+8）
when-today = 今天 { $time }
when-tomorrow = 明天 { $time }
when = { $date } { $time }
date = { $year }年{ $name }{ $day }日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

# The law, in words. Not legal advice.
label-blocked = 不允許
label-mind = 請考慮
label-rules = 規則
rules-not-advice = 規則包 { $pack } { $version }。這不是法律意見，也沒有向任何機構申報。

# Consents that are acts of their own.
label-separate = 單獨同意
separate-act = { $act }（{ $source }）
separate-act-unconfirmed = { $act }（{ $source }；依據尚未核實）
separate-sensitive = 我單獨同意：{ $who }可以得到我的敏感資料（{ $class }）。
separate-cross-border = 我單獨同意：我的資料（{ $what }）送到{ $place }的{ $who }，用於{ $why }，處理方式：{ $actions }；聯絡人：{ $contact }；在當地行使權利：{ $rights }。
class-ordinary = 兒童的個人資料
class-identity-number = 身份號碼
class-health = 健康
class-biometric = 生物識別
class-private-life = 私人生活
class-unclassified = 未歸類

# The sentence.
list-comma = 、
list-and = { $before }和{ $last }
and-more = 另外 { $more } 項
sentence-look = 允許{ $who }在{ $until } 前看一次你的{ $what }，用於{ $why }，{ $kept }。
sentence-store = 允許{ $who }在{ $until } 前看一次你的{ $what }並保存，用於{ $why }，{ $kept }。
sentence-share = 允許{ $who }在{ $until } 前看一次你的{ $what }並轉交給所列各方，用於{ $why }，{ $kept }。
sentence-kept-not = 看後不保留
sentence-kept-delete = { $days } 天後刪除
sentence-kept-return = { $days } 天後歸還
sentence-kept-anonymise = { $days } 天後匿名化

# Whether data left, when something failed.
left-no = 沒有任何資料離開。
left-sealed-only = 只顯示過密封的內容；沒有密鑰，誰也讀不了。
left-unknown = 資料可能已經離開：記錄為“不明”。
