# 命令列用語。核心已有的話（印章、錯誤、授權頁）不在此重複。

# 終端提問。
ask-passphrase = 密碼短語
ask-new-passphrase = 新密碼短語
ask-once-more = 再輸入一次
ask-recovery-code = 復原碼
type-yes = 請輸入「是」：

# 標籤。
label-space = 空間
label-kind = 類別
label-id = 編號
label-type = 類型
label-issuer = 簽發機構
label-seal = 印章
label-versions = 版本數
label-standing = 狀態
label-log-key = 日誌公鑰
label-fingerprint = 指紋
label-exchange = 交換編號
label-recipient = 對方

# 空間。
kind-person = 個人
kind-firm = 機構
space-made = 空間已建好：{ $folder }
recovery-code = 復原碼只顯示一次，不作任何保存，請抄在紙上：{ $code }
label-epoch = 紀元
standing-current = 與密鑰庫所記一致
standing-not-witnessed = 密鑰庫不認得這份記錄
standing-rolled-back = 比密鑰庫所記的舊
standing-not-witnessed-long = 注意：密鑰庫不認得這份記錄，在此無法判斷它是否被回退。
standing-rolled-back-long = 當心：此空間比密鑰庫所記的舊。執行 “chop space continue” 之前不能寫入。
interrupted = 上次執行中斷：{ $count } 項沒有結果，已記為「未知」。
passphrase-changed = 密碼短語已更改。
nothing-rolled-back = 沒有發生回退，未做任何事。
epoch-begun = 新紀元已開始。凍結：{ $frozen }。
backup-written = 備份已寫入：{ $file }
restored = 已還原到 { $folder }，用空間原來的密碼短語打開。記錄開始新紀元；未完成的授權已凍結。

# 持有物。
imported = 已收入：{ $title }（{ $id }）
replaced = 已替換：{ $title }（{ $id }）
nothing-found = 沒有找到。
content-masked = 內容已遮蓋；用 --reveal 顯示。
content-erased = 內容已銷毀，使用記錄仍在。
erase-sure = 永久銷毀「{ $title }」的內容嗎？他人手中的副本無法收回。
erased = 已銷毀：{ $title }。使用記錄仍可證明；他人手中的副本無法收回。
nothing-done = 未做任何事。

# 信任與密鑰。
trust-added = 已加入：{ $publisher }
trust-compare = 尚未加入。請與另行取得的指紋核對，再用 --fingerprint 給出。
trust-nobody = 還沒有信任任何一方。
trust-good = 已驗證，未到更新期
trust-stale = 已驗證，但應有更新的一期
role-verifier = 核驗方
role-issuer = 簽發機構
key-certified = 已為此密鑰保存證書。
publisher-not-compared = 當心：信任名單發布者的指紋沒有核對。指紋：{ $fingerprint }

# 流程。
pictures-written = 已寫出 { $count } 張圖片：{ $folder }
next-request = 下一步：本人在五分鐘內掃描。
next-data = 下一步：對方掃描。內容已密封，密鑰尚未交出。
next-acknowledgement = 下一步：本人掃描並出示密鑰。
next-key = 下一步：對方掃描此碼，即可打開資料。
next-use = 下一步：本人掃描，收入記錄。
can-be-chosen = 可選項：
not-held = 未持有；在對方看來與拒絕無異
nothing-chosen-yet = 尚未選擇。請用 --choose 逐項選擇要授權的內容。
separate-consents = 以下各項須單獨同意：
agree-with = 同意且僅同意本頁：chop { $command } … --agree { $code }
page-blocked = 有規則禁止此次授權，無法授權。
declined = 已拒絕。在對方看來，與你沒有資料無異。
received = 已收到、已驗證，且與授權完全一致：
content-refused = 內容與承諾不符。已寫出簽名的拒收；未取用任何內容。
use-confirmed = 已確認：對方已就所取內容簽名。
use-refused = 對方簽名表示拒收。

# 記錄。
log-empty = 記錄中還沒有交換。
proof-written = 證明已寫入：{ $file }
not-valid = 無效（{ $part }）：
status-held = { $uri }  簽署於 { $issued }，取得於 { $fetched }
status-due = { $uri }  需要更新：用「chop status refresh」取得
status-nothing-due = 這裏沒有證照需要更新狀態名單。
status-not-checked = （未查狀態）

# 示範。
demo-title-summary = 病歷摘要（示範）
demo-title-transcript = 成績單（示範）
demo-title-file = 掃描件（示範）
demo-title-record = 自己的記錄（示範）
demo-banner = 示範。故事中的人並不存在：姓名、號碼和數值都是示例，密鑰剛剛產生，沒有任何效力。
demo-authorities = ② 當場產生示範用的根證書、診所、大學和信任名單發布者。
demo-spaces = ① 四個空間：香港居民和深圳醫院各一個，珠海居民和澳門一所大學各一個，均以密碼短語密封。
demo-trust = ③ 雙方按發布者指紋接受示範信任名單：{ $fingerprint }
demo-imports = ④ 居民收入兩份證照、一個檔案和一條記錄：
demo-asks = ⑤ 醫院提出請求。簽名的請求共 { $count } 張圖片，五分鐘內有效；第一張：
demo-page = ⑥ 居民看到的頁面：
demo-sentences = ⑦ 用印前的最後一句話，四種語言：
demo-separate = 單獨同意，各為獨立的一次操作：{ $topic }
demo-agrees = ⑧ 居民選擇了 { $count } 項，同意且僅同意這一頁：{ $code }。
demo-data = ⑨ 資料密封送出，共 { $count } 張圖片；沒有密鑰誰也讀不了。第一張：
demo-acknowledgement = ⑩ 醫院先為尚不能讀的內容簽收：{ $count } 張圖片。
demo-key = ⑪ 簽收無誤：此時密鑰才交出。
demo-hospital-sees = ⑫ 醫院看到的內容（示例值）：
demo-use = ⑬ 醫院就所取內容簽名，{ $count } 張圖片；居民將其收入記錄。
demo-keeps-resident = 居民留存：持有物、授權、回執和 { $size } 條記錄。
demo-keeps-hospital = 醫院留存：僅授權的內容、回執和自己的 { $size } 條記錄。
demo-second = ⑭ 同樣的圖片再用一次：
demo-second-resident = 居民，再次應答請求
demo-second-hospital = 醫院，再次取用資料
demo-audits = ⑮ 雙方記錄逐條逐行重新核驗：
demo-proof = ⑯ 一個檔案即可證明，其中不含任何資料的值：{ $file }
demo-check-alone = 單獨核驗：
demo-check-anchored = 連同示範信任名單核驗：
demo-tamper = ⑰ 在暫存資料夾中改動副本：
demo-tamper-byte = 證明改動一個位元組
demo-tamper-row = 繞過記錄改動空間中的一列
demo-tamper-database = 空間檔案改動一個位元組
demo-tamper-older = 放回較舊的資料夾
demo-title-paper = 學院成績單（DEMO 示範）
demo-shenzhen = ◆ 香港 → 深圳。醫院先索取健康資料，卻沒有說明為何需要。
demo-law = 這條路線的法律對這一頁的意見：
demo-law-nothing = 沒有發現問題。
demo-law-blocked = 因此無法授權。醫院重新提出請求，並說明理由：
demo-override = { $rule } 提出警告。居民寫明理由後繼續，理由記入記錄：{ $reason }
demo-reason = DEMO 示範：只用於本示範
demo-record = ◆ 同意記錄 { $id }：雙方持有的內容逐個位元組相同，摘要 { $digest }。現時狀態：
demo-exports = 該記錄的可讀頁面、DPV 格式與 ODRL 協議：{ $folder }
demo-macao = ◆ 珠海 → 澳門。一位珠海居民要向澳門一所大學出示成績單。那裏先由機器決定，又沒有指明由誰解釋。
demo-macao-agrees = 珠海居民選擇 { $count } 項，並只同意這一頁 { $code }。
demo-macao-sees = 經過同樣的五則訊息，大學看到的內容（示範值）：
demo-withdrawn = 珠海居民一步撤回同意。撤回能做到甚麼，做不到甚麼：
demo-notice = 大學收下已簽署的通知 { $file }。該同意在大學一方的狀態：
demo-scan = ◆ 掃一次碼，經中繼傳遞。chop-relay 以獨立程序運行於 { $relay }；它轉交的內容自己讀不到。
demo-scan-none = ◆ 掃一次碼，經中繼傳遞：已略過，因為 chop 旁邊和 PATH 中都沒有 chop-relay。執行「cargo build --package chop-relay」即可建立；「make run」會自動完成。
demo-scan-agrees = 居民向示範信任名單上的機構提供 { $count } 項，同意且只同意這一頁：{ $code }。
demo-scan-code = 授權碼只是一個版本 { $version } 的二維碼，以下是從圖片讀回的樣子，其中不含任何資料。隨後居民的空間關閉。
demo-scan-claims = 醫院掃描圖片，經網絡連線簽署領取。空間正在休眠，醫院等待。
demo-scan-second = 一所大學拿着同一個碼的照片也來領取，被拒絕：已有他方在先。
demo-scan-wakes = 空間醒來，向中繼查詢發生了甚麼。
demo-scan-asked = 空間核驗證書鏈、名稱、法律和所求內容，顯示對方是：{ $who }。居民表示同意。
demo-scan-sees = 醫院先為密封的資料簽收，憑簽收取得密鑰，再為所取內容簽署（示範值）：
demo-scan-another = 另一個授權碼，居民將其撤回：
demo-scan-revoked = 中繼簽署答覆：已於 { $at } 撤銷。誰也不能再領取。
demo-scan-audits = 雙方記錄，連同經中繼傳遞的一切，重新核驗：
demo-scan-relay = 中繼自身日誌的最新檢查點，由授權中寫明的密鑰簽署：
demo-left = 留在 { $folder }：圖片、各空間及其記錄、信任名單、供他人閱讀的同意記錄和一份證明。
demo-end = 示範：一切如常，每處改動都被指出。
demo-end-bad = 示範：有一步不正常，見上文。

# 輸入有誤，或機器拒絕。
usage-no-state-home = XDG_STATE_HOME 和 HOME 都沒有設定；請用 --keys 指定資料夾。
usage-not-the-same = 兩次輸入不一致。
usage-first-line-empty = { $path }：第一行是空的。
usage-no-terminal = 沒有終端可以提問；請指定檔案。
usage-too-large = { $path } 超過 { $max } 位元組。
usage-exists = { $path } 已存在；不會覆蓋任何檔案。
usage-file = { $path }：{ $error }
machine-file = { $path }：{ $error }
machine-pictures = { $what }
    這一步已經完成。重新畫出圖片：chop again { $exchange } --out DIR
usage-add-yes = 沒有終端可以提問；請加上 --yes。
usage-name-value = { $typed }：應為 NAME=VALUE。
usage-no-topic = { $typed } 不是單獨同意的事項。
usage-fingerprint = 指紋是 43 個 base64url 字元。
usage-no-certificate = 檔案中沒有 PEM 格式的證書。
usage-which-space = 哪個空間？請用 --space 指定資料夾。
usage-many-ids = 以 { $start } 開頭的編號不止一個。
usage-no-id = 沒有以 { $start } 開頭的編號。
usage-picture-name = { $path }：檔名須以 .png 或 .svg 結尾。
usage-not-fresh = { $path } 不是空的；請指定新資料夾。
usage-has-pictures = { $path } 中已有圖片；請指定別的資料夾。

# What the holder says of an item, and for whom they act.
label-share = 共享
label-subject = 關於
label-born = 出生
label-guardian = 監護人
label-evidence = 關係證明
no-evidence = 尚未有資料證明此關係；不能代為簽署。
age-under-14 = 未滿 14 歲
age-under-16 = 14 至 15 歲
age-under-18 = 16 至 17 歲
age-adult = 已成年
biometrics-allowed = 生物識別資料可以提供，但絕不進入二維碼。
never-by-qr = 持有；絕不進入二維碼
values-that-go = 將會提供的內容：
ask-passphrase-again = 請再次輸入密碼短語：此授權含最高級別的資料
demo-present = 這是最高級別的資料，居民再次輸入密碼短語。

# Catalogue, packs, numbers.
badge-conflict = ⚠ 與其他證照不符
label-effective-from = 生效
label-purposes = 用途
label-responsible = 主管機構
label-provider = 提供機構
label-contact = 聯絡方式
number-right = 沒有發現錯誤。
number-wrong = 號碼有誤：
number-form-only = 只能核對格式：沒有公佈檢查碼算法。
pack-added = 已加入：{ $id } { $version }
pack-built-in = 另有隨程式提供的規則包和目錄。
pack-compare = 沒有加入。請從別處核對指紋，再用 --fingerprint 加入。
pack-known-publisher = 沒有加入。發布者是你接受過的。
pack-in-force = 有效
pack-not-in-force = 未生效或已被取代
pack-key-made = 密鑰已寫入 { $path }。請保密。指紋：{ $fingerprint }
pack-signed = 已簽署：{ $path }。發布者指紋：{ $fingerprint }
paper-stale = 內容已過時，請向簽發機構更新。
purpose-keeping = 最長保存 { $days } 天（未經證實）
usage-no-such-type = 目錄中沒有 { $code }。
usage-pack-key = 這不是發布者的密鑰檔案。

# Over a network.
type-their-number = 若要授權，請輸入對方螢幕上的數字：--number NN。謝絕總是安全的：chop decline。
usage-out-folder = 請用 --out DIR 指定存放圖片的資料夾。
usage-their-number = 請輸入對方螢幕顯示的數字：--number NN。如果沒有顯示，請謝絕。
usage-loopback-only = 示範伺服器只在本機監聽，例如 127.0.0.1:8088。
machine-cannot-listen = 無法在那裏監聽；可能已被其他程式佔用。
posted-used = 對方收下了你授權的內容，不多不少，並簽了回執。
posted-refused = 對方簽字表示沒有採用這些資料。但資料已到過它手裏。
posted-no-receipt = 對方說已收到資料，但沒有簽回執。這種方式下，回執全憑自願。
posted-bad-receipt = 對方發來的回執不成立。但資料已在它手裏。
posted-not-taken = 對方回覆 { $status }，沒有簽回執。資料可能已在它手裏；可以把同一份答覆再發一次。
ask-tx-code = 簽發機構另行給你的驗證碼（它說可以試的次數：{ $tries }）：
keep-sure = 要保存這份證照嗎？
demo-issuer-serves = 示範簽發機構在 { $origin }。發證邀請、驗證碼和信任名單在 { $folder }；發布者：{ $publisher }
demo-verifier-serves = 示範驗證方在 { $origin }：用瀏覽器打開，或 POST { $origin }/session。

# Consents after they were given.
consents-none = 還沒有任何同意。
deletion-asked = 刪除要求已簽名。請發給接收方；對方的答覆用 chop consent delete-answer 記下。
notice-withdrawn = 持有人已撤回：自現在起不得再使用。
pledge-open = 容缺承諾已簽署。請交給接收方：逾期未補，雙方均記為未履行。
notice-pledged = 持有人承諾在期限內補齊所缺文件；逾期即為未履行。
notice-kept = 承諾的文件已補齊。
notice-delete = 持有人要求刪除：請刪除所收到的資料，並答覆。
export-written = 已寫入：{ $file }
copy-marked = 加註件，加註已核驗：事由：{ $reason }；製作者：{ $maker }

# 經中繼的主動授權。
offer-drafted = 擬定時間 { $at }：同意時請用 --drafted { $at } 原樣給出。
offer-made = 授權碼已製成。請出示，然後執行「chop watch」。
no-offers = 沒有主動授權。
offer-left = 剩餘 { $minutes } 分 { $seconds } 秒
offer-others = 另有 { $count } 次領取
offer-claimed-by = { $who } 要領取。是否交付？
offer-claim-refused = 已拒絕一次領取；授權仍然有效。[{ $code }]
offer-another-claim = 另有一方要領取：{ $who }
offer-collected-by = 已由 { $who } 領取
offer-revoked-at = 已撤回，中繼簽署時間 { $at }
offer-released-at = 太遲：已於 { $at } 交出，有中繼簽名
offer-strange = 收到不符的內容，未予採用。[{ $code }]
offer-received = 資料已收到並核驗。
offer-relay-fault = 中繼自相矛盾，證據已保存。
usage-terms = 這不是使用條款：{ $path }
offer-state-made = 已製成，尚未到中繼
offer-state-open = 可領取
offer-state-answered = 已同意，尚未送達
offer-state-delivered = 已送達（密封）
offer-state-acknowledged = 已收到回執
offer-state-released = 密鑰已交出
offer-state-done = 已使用，回執已存
offer-state-withdrawing = 正在撤回
offer-state-withdrawn = 已撤回
offer-state-expired = 已過期
offer-state-frozen = 還原後已凍結
offer-state-rejecting = 正在拒絕領取
offer-state-claiming = 已提出領取
offer-state-pending = 等待授權人
offer-state-receipt-signed = 回執已簽
offer-state-awaiting-key = 等待密鑰
offer-state-taken = 已取得，回執送出中
offer-state-finished = 已取得
offer-state-refused = 被拒絕
offer-state-proving = 正在核對中繼
usage-case = 請說明個案內容：權利要求用 --right 名稱，資料有誤用 --field 類型/欄位。
kept-nothing = 這裏沒有保存他人的資料。
kept-due = 已到期：執行「chop erase-taken --due」刪除
kept-days = 尚餘 { $days } 天
kept-erased = 已刪除。簽名聲明已記錄；已匯出至檔案的副本不在此列。
kept-erased-due = 已刪除 { $count } 項到期資料。
erasure-confirmed = 對方已簽名聲明刪除所收資料。對方另行複製的副本無法證明。
