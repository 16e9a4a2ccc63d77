# 徵求同意時顯示的文字。變量 who、publisher、issuer 等由他人書寫，已在代碼中隔離。

# The page.
notice-title = { $who }請求查看你的資料
label-who = 誰在請求
label-known-by = 名稱來自
known-by-list = 信任名單：{ $publisher }，{ $date }發佈
known-by-certificate = 僅來自其證書（{ $authority }簽發）；你的信任名單上沒有它
label-says-of-itself = 它自稱
label-warning = 請注意
only-before-them = 只有當你本人正站在{ $who }面前時才繼續。這個碼可能被人轉發到別處。

# What.
stated-by-holder = 持有人自述，沒有簽發機構的印章
from-issuer = 來自{ $issuer }
seal-valid = 印章有效；是否已被撤銷未查
seal-invalid = 印章無效
seal-cannot-check = 印章無法核驗
mark-sensitive = 敏感
mark-optional = 可以不給

# Why, and what happens to it.
label-why = 為什麼
in-scene = 場景：{ $scene }
label-necessity = 為何必要
label-impact = 對你可能的影響
label-actions = 會做什麼
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
withdrawal = 在鑰匙交出之前，可隨時在本錢包中撤回。之後無法從這裡收回：已被看到或複製的內容不在掌控之中；如要反對或要求刪除，請聯絡接收方。

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
law-with-source = { $what }（{ $rule }：{ $source }）
law-with-unconfirmed-source = { $what }（{ $rule }：{ $source }；依據尚未核實）
label-rules = 規則
rules-not-advice = 規則包 { $pack } { $version }。這不是法律意見，也沒有向任何機構申報。
law-r00-not-in-force = 規則包在這個日期不生效。
law-r01-code = 用途不在已知用途之列。
law-r01-scene = 沒有說明場景。無場景，不授權。
law-r01-text = 用途沒有用四種語言寫明。
law-r02-name = 接收方沒有用四種語言寫明名稱。
law-r02-legal-id = 接收方沒有登記號碼。
law-r02-contact = 接收方沒有可聯絡的負責人。
law-r02-place = 接收方自稱的所在地與其登記地不同。
law-r02-onward = 轉交給誰，沒有如實列名。
law-r03-methods = 沒有說明會怎樣處理。
law-r04-nothing = 沒有指明要哪些資料。
law-r04-wildcard = 請求了“全部”，而不是必要的部分。
law-r05-period = 要保存，卻沒有期限。
law-r05-unsaid = 給了保存期限，卻沒有說會保存。
law-r05-long = 保存時間比此用途通常的更長。
law-r06-validity = 有效期已過、尚未開始或過長。
law-r06-item-expires = 其中一份證照在授權到期前就會失效。
law-r07-necessity = 沒有說明為何必須使用敏感資料。
law-r07-impact = 沒有說明使用敏感資料對你的影響。
law-r07-separate = 敏感資料需要你單獨同意。
law-r07-unclassified = 其中有尚未歸類的資料，可能是敏感的。
law-r09-export = 資料將離開你所在的地方，需要你單獨同意。
law-r10-guardian = 未滿 14 歲：需要監護人簽名。
law-r11-guardian = 未滿 18 歲：需要監護人簽名。
law-r12-explicit = 按澳門法律，敏感資料需要你明確同意。
law-r13-leaving-macao = 資料離開澳門需要你明確同意。
law-r21-marketing = 推銷藏在了別的用途裏。
law-r22-bundle = 每項同意必須各自單獨作出，不能一次全部同意。
law-r22-not-asked = 收到了一項沒有徵求過的同意。
law-r23-rights-channel = 沒有說明怎樣行使你的權利和撤回同意。
law-r25-explain = 由機器決定，卻沒有用四種語言解釋。
law-r28-not-listed = 接收方不在你的任何信任名單上。
law-r28-key-changed = 信任名單上的接收方用的是另一把密鑰。
law-r28-disagrees = 信任名單與請求給出了不同的名稱。
law-r29-invalid = 其中一份資料的印章無效。
law-r29-cannot-check = 其中一份資料的印章無法核驗。
law-r30-one-off = 這不是一次性的請求，或它已被用過。

# Consents that are acts of their own.
label-separate = 單獨同意
separate-act = { $act }（{ $source }）
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
left-sealed-only = 只顯示過密封的內容；沒有鑰匙，誰也讀不了。
left-unknown = 資料可能已經離開：記錄為“不明”。
