# 持有物如何共享、為誰共享，以及分級的含義。

# The page.
mark-predicate = 只答「是」，不給出數值
predicate-age-over = 是否年滿 { $years } 歲
predicate-not-expired = 證件今天是否有效
predicate-name-document-match = 姓名與證件是否相符
predicate-at-least = { $what }是否不低於 { $bound }
label-level = 資料級別
level-L3 = 三級：身份號碼，或尚未歸類的資料。授權最長一小時。
level-L4 = 四級（最高）：敏感資料。需要再次輸入密碼短語，授權最長十分鐘。
label-copy = 加註件
copy-with-note = 以「{ $title }」的加註件代替原件：事由：{ $reason }；製作者：{ $maker }；有效期至：{ $until }
label-ward = 為誰
ward-signed = 關於{ $name }。由{ $guardian }（{ $relation }）另行簽署；本空間有資料證明此關係。
ward-not-shown = 關於{ $name }。由{ $guardian }（{ $relation }）簽署，但本空間沒有資料證明此關係。
ward-not-signed = 關於{ $name }。尚未有人代為簽署；{ $guardian }（{ $relation }）可以簽署。
relation-parent = 父母
relation-guardian = 監護人

# How an item is shared.
share-never = 不予共享：無論誰請求，都不會進入任何授權
share-condition = 有條件共享：每次都徵求同意
share-open = 無條件共享：命令列在你要求時可自動回應（限二級及以下），此外每次都徵求同意；每次使用都會記錄

# Errors.
error-consent-not-present = 此授權含最高級別的資料，需要再次輸入密碼短語。
    .now = { -now-passphrase }
error-grant-biometric-by-qr = 肖像和生物識別資料絕不進入二維碼。
    .now = { -now-choose }
error-consent-not-open = 你的規則中沒有一條可以自動答覆此請求。
    .now = { -now-choose }
error-consent-guardian-act = 欠缺監護人的簽署，或此處並不需要監護人簽署。
    .now = { -now-choose }
error-profile-unknown = 沒有這份檔案。
    .now = { -now-choose }
error-profile-birth-date = 出生日期不是日期，或尚未到來。
    .now = { -now-choose }
error-profile-nameless = 檔案需要本人和監護人的姓名。
    .now = { -now-choose }
error-profile-no-evidence = 這份資料不能證明關係：它是你自己寫的、已被清除，或印章無效。
    .now = { -now-choose }
error-copy-note-missing = 加註件需要寫明事由和製作者姓名。
    .now = { -now-choose }
error-copy-not-possible = 只有你自己的文件或記錄可以製作加註件。
    .now = { -now-choose }
error-copy-words = 加註內容欠缺或過長。
    .now = { -now-choose }
error-copy-times = 加註件的時間互相矛盾，或有效期過長。
    .now = { -now-choose }
error-copy-wrong-issuer = 加註件不是授權的持有人製作的。
    .now = { -now-stop }
error-copy-wrong-grant = 加註件是為另一次授權製作的。
    .now = { -now-stop }
error-copy-other-content = 這不是當時加註的那一份。
    .now = { -now-stop }
error-copy-not-yet-valid = 加註件的製作時間在將來。
    .now = { -now-clock }
error-copy-expired = 加註件已過有效期。
    .now = { -now-ask }
