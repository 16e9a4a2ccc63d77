# 每個錯誤：發生了什麼；.now：現在怎麼辦。資料是否離開，見 notice.ftl 的 left-*。

# What to do now.
-now-ask = 請對方出示一個新的碼，再試一次。
-now-scan = 對準正確的碼，再掃一次。
-now-stop = 不要繼續。告訴對方你看到了什麼。
-now-evidence = 保留這份內容作為證據，並告訴對方。
-now-choose = 檢查你的選擇，再試一次。
-now-less = 減少內容，再試一次。
-now-late = 請向對方行使你的權利。
-now-decline = 你可以謝絕。
-now-issuer = 請簽發機構給你一份新的。
-now-otherfile = 選擇另一個檔案，再試一次。
-now-other = 換一個備份，再試一次。
-now-secret = 檢查密碼或恢復碼，再試一次。
-now-disk = 檢查磁盤空間和權限，再試一次。
-now-machine = 重新啟動程式，再試一次。
-now-close = 在別處關閉它，再試一次。
-now-update = 更新程式後再試。
-now-restore = 不要繼續使用。核查記錄，必要時從備份恢復。
-now-clock = 檢查本機的時間，再試一次。
-now-list = 檢查你的信任名單。
-now-rules = 換一個規則包。
-now-report = 這是程式的錯誤。請報告。

# bundle
error-bundle-bad-cost = 備份中的密碼強度參數不可接受。
    .now = { -now-other }
error-bundle-bad-header = 備份檔案的開頭已損壞。
    .now = { -now-otherfile }
error-bundle-damaged = 備份檔案已損壞。
    .now = { -now-otherfile }
error-bundle-io = 無法讀取或寫入備份檔案。
    .now = { -now-disk }
error-bundle-newer-version = 備份由更新的版本製作。
    .now = { -now-update }
error-bundle-no-secret = 沒有給出備份的密碼或恢復碼。
    .now = { -now-report }
error-bundle-no-such-slot = 不能用這種方式打開備份。
    .now = { -now-secret }
error-bundle-not-a-bundle = 這個檔案不是數印的備份。
    .now = { -now-otherfile }
error-bundle-random = 隨機數來源失敗。
    .now = { -now-machine }
error-bundle-sealing = 無法密封備份。
    .now = { -now-report }
error-bundle-truncated = 備份檔案缺了末尾。
    .now = { -now-otherfile }
error-bundle-wrong-secret = 密碼或恢復碼打不開這個備份。
    .now = { -now-secret }

# cbor
error-cbor-bad-text = 內容中的文字編碼不正確。
    .now = { -now-ask }
error-cbor-not-deterministic = 內容不是唯一規定的編碼。
    .now = { -now-ask }
error-cbor-too-deep = 內容嵌套過深。
    .now = { -now-ask }
error-cbor-too-large = 內容超過允許的大小。
    .now = { -now-ask }
error-cbor-trailing-bytes = 內容後面還有多餘的字節。
    .now = { -now-ask }
error-cbor-truncated = 內容不完整。
    .now = { -now-ask }
error-cbor-unexpected-shape = 內容的結構與預期不符。
    .now = { -now-ask }
error-cbor-unsupported = 內容含有這裏不使用的值。
    .now = { -now-ask }

# checkpoint
error-checkpoint-empty-root = 空記錄的檢查點卻有內容。
    .now = { -now-evidence }
error-checkpoint-extension = 檢查點帶有多餘的行。
    .now = { -now-evidence }
error-checkpoint-malformed = 這不是記錄的檢查點。
    .now = { -now-evidence }
error-checkpoint-too-large = 檢查點所指的記錄大得不可能。
    .now = { -now-evidence }
error-checkpoint-wrong-origin = 檢查點屬於另一份記錄。
    .now = { -now-evidence }

# claim-path
error-claim-path-empty = 沒有指明是哪一項資料。
    .now = { -now-ask }
error-claim-path-too-long = 資料項的路徑過長。
    .now = { -now-ask }

# consent
error-consent-blocked = 有規則禁止這項授權。
    .now = { -now-stop }
error-consent-not-asked = 對方沒有要求這一項。
    .now = { -now-choose }
error-consent-nothing-chosen = 沒有選擇任何一項。
    .now = { -now-choose }
error-consent-other-page = 所同意的頁面與這些選擇不符。
    .now = { -now-choose }
error-consent-separate-missing = 缺少一項單獨同意。
    .now = { -now-choose }

# content
error-content-bad-presentation = 內容中的證照無法讀取。
    .now = { -now-evidence }
error-content-bomb = 內容展開後超過允許的大小。
    .now = { -now-evidence }
error-content-junk = 密封的內容用它自己的鑰匙也打不開。
    .now = { -now-evidence }
error-content-malformed = 打開的內容無法讀取。
    .now = { -now-evidence }
error-content-too-large = 一次授權的內容過多。
    .now = { -now-less }
error-content-wrong-ciphertext = 密封的內容不是所承諾的那一份。
    .now = { -now-evidence }
error-content-wrong-content = 打開的內容不是所承諾的那一份。
    .now = { -now-evidence }
error-content-wrong-file = 其中的檔案不是被封印的那一份。
    .now = { -now-evidence }
error-content-wrong-key = 鑰匙不是所承諾的那一把。
    .now = { -now-evidence }

# core
error-core-internal = 內部步驟出錯。
    .now = { -now-report }

# dcql
error-dcql-bad-id = 請求中的編號含有不允許的字符。
    .now = { -now-ask }
error-dcql-bad-path = 請求中的資料路徑有誤。
    .now = { -now-ask }
error-dcql-bad-values = 請求中的比較值無法比較。
    .now = { -now-ask }
error-dcql-claim-sets = 請求在資料項之間給出了多種選擇。
    .now = { -now-ask }
error-dcql-credential-sets = 請求在證照之間給出了多種選擇。
    .now = { -now-ask }
error-dcql-doubled-claim = 請求把同一項資料問了兩次。
    .now = { -now-ask }
error-dcql-doubled-id = 請求把同一編號用了兩次。
    .now = { -now-ask }
error-dcql-multiple = 請求用一個編號索取多份證照。
    .now = { -now-ask }
error-dcql-no-claims = 請求沒有說明要哪些資料。
    .now = { -now-ask }
error-dcql-no-holder-binding = 請求要的是任何人都能出示的證照。
    .now = { -now-ask }
error-dcql-no-type = 請求沒有說明要哪種證照。
    .now = { -now-ask }
error-dcql-not-a-query = 這不是一份查詢。
    .now = { -now-ask }
error-dcql-not-asked = 選擇了沒有被要求的一項。
    .now = { -now-report }
error-dcql-nothing-chosen = 沒有選擇任何一項。
    .now = { -now-choose }
error-dcql-path-too-long = 請求的資料項層級過深。
    .now = { -now-ask }
error-dcql-too-many-claims = 請求的資料項過多。
    .now = { -now-ask }
error-dcql-too-many-credentials = 請求的證照過多。
    .now = { -now-ask }
error-dcql-too-many-values = 請求列出的類型或值過多。
    .now = { -now-ask }
error-dcql-trusted-authorities = 請求以這裏不支持的方式限定簽發機構。
    .now = { -now-ask }
error-dcql-unfit-text = 請求中有無法顯示的文字。
    .now = { -now-ask }
error-dcql-unknown-format = 請求了這裏不支持的格式。
    .now = { -now-ask }
error-dcql-wildcard = 請求了“全部”資料。
    .now = { -now-ask }

# deflate
error-deflate-compressor = 資料無法壓縮。
    .now = { -now-report }
error-deflate-damaged = 壓縮的資料已損壞。
    .now = { -now-ask }
error-deflate-too-large = 壓縮的資料展開後過大。
    .now = { -now-ask }
error-deflate-unknown-dictionary = 資料使用了未知的壓縮字典。
    .now = { -now-ask }

# delivery
error-delivery-bad-times = 交付單的時間與授權矛盾。
    .now = { -now-stop }
error-delivery-expired = 交付單已過期。
    .now = { -now-ask }
error-delivery-not-yet-valid = 交付單的時間在未來。
    .now = { -now-clock }
error-delivery-wrong-ciphertext = 密封的內容不是交付單所寫的那一份。
    .now = { -now-evidence }
error-delivery-wrong-grant = 交付單屬於另一項授權。
    .now = { -now-evidence }
error-delivery-wrong-issuer = 交付單不是來自作出授權的持有人。
    .now = { -now-evidence }
error-delivery-wrong-request = 交付單回應的是另一個請求。
    .now = { -now-evidence }

# entry
error-entry-malformed = 這不是一條記錄。
    .now = { -now-evidence }
error-entry-not-canonical = 記錄條目不是唯一規定的編碼。
    .now = { -now-evidence }
error-entry-too-large = 記錄條目過大。
    .now = { -now-evidence }
error-entry-unknown-kind = 記錄條目的種類未知。
    .now = { -now-evidence }

# envelope
error-envelope-bomb = 信封展開後超過允許的大小。
    .now = { -now-ask }
error-envelope-malformed = 打開的信封無法讀取。
    .now = { -now-ask }
error-envelope-too-large = 一個信封放不下這麼多。
    .now = { -now-less }

# exchange
error-exchange-already-released = 鑰匙已經交出。
    .now = { -now-late }
error-exchange-expired = 授權的時間已過。
    .now = { -now-ask }
error-exchange-frozen = 空間曾被恢復或倒退，這項授權已凍結。
    .now = { -now-ask }
error-exchange-nonce-seen = 這個請求的一次性編號已被用過。
    .now = { -now-ask }
error-exchange-unknown = 這裏沒有在等待這個碼的交換。
    .now = { -now-scan }
error-exchange-withdrawn = 授權已被撤回。
    .now = { -now-ask }
error-exchange-wrong-step = 交換還沒到或已過這一步。
    .now = { -now-scan }

# file
error-file-bad-type = 檔案的類型寫法不正確。
    .now = { -now-otherfile }
error-file-too-large = 檔案大於 100 MiB。
    .now = { -now-otherfile }
error-file-wrong-seal = 檔案不是被封印的那一份。
    .now = { -now-evidence }
error-file-wrong-size = 檔案大小與所述不符。
    .now = { -now-evidence }

# frame
error-frame-bad-base45 = 碼的編碼不正確。
    .now = { -now-scan }
error-frame-bad-checksum = 碼的校驗和不對。
    .now = { -now-scan }
error-frame-bad-count = 碼的序號超出範圍。
    .now = { -now-scan }
error-frame-bad-message = 碼裏的內容無法讀取。
    .now = { -now-ask }
error-frame-bomb = 碼裏的內容展開後過大。
    .now = { -now-ask }
error-frame-contradiction = 這個碼與之前的碼矛盾。
    .now = { -now-ask }
error-frame-foreign-frame = 這個碼屬於另一條消息。
    .now = { -now-scan }
error-frame-missing = 還缺少一些碼。
    .now = { -now-scan }
error-frame-not-a-frame = 這個二維碼不是數印的碼。
    .now = { -now-scan }
error-frame-text-too-long = 碼裏的文字過長。
    .now = { -now-scan }
error-frame-too-large = 內容太多，二維碼放不下。
    .now = { -now-less }
error-frame-truncated = 碼被截斷了。
    .now = { -now-scan }
error-frame-unexpected-message = 這一步等待的是另一種碼。
    .now = { -now-scan }
error-frame-unknown-kind = 碼的種類未知。
    .now = { -now-update }
error-frame-unknown-message = 消息的種類未知。
    .now = { -now-update }
error-frame-unknown-version = 碼的版本未知。
    .now = { -now-update }
error-frame-wrong-message = 這些碼合起來不是所指的那條消息。
    .now = { -now-ask }

# grant
error-grant-bad-times = 授權的時間互相矛盾。
    .now = { -now-stop }
error-grant-empty-scope = 授權沒有允許任何東西。
    .now = { -now-stop }
error-grant-expired = 授權已過期。
    .now = { -now-ask }
error-grant-no-key = 授權沒有帶上簽名所用的密鑰。
    .now = { -now-stop }
error-grant-no-purpose = 授權沒有用途。
    .now = { -now-stop }
error-grant-not-one-off = 授權不是正好一次。
    .now = { -now-stop }
error-grant-not-yet-valid = 授權尚未生效。
    .now = { -now-clock }
error-grant-open-choice = 授權沒有說定允許哪些資料。
    .now = { -now-stop }
error-grant-unknown-access = 授權允許了這裏不認識的東西。
    .now = { -now-stop }
error-grant-unknown-schema = 授權的格式未知。
    .now = { -now-update }
error-grant-wildcard = 授權沒有逐項列出資料。
    .now = { -now-stop }
error-grant-wrong-audience = 授權是給另一個接收方的。
    .now = { -now-stop }
error-grant-wrong-issuer = 授權所寫的簽發者不是簽名的密鑰。
    .now = { -now-stop }
error-grant-wrong-request = 授權回應的是另一個請求。
    .now = { -now-stop }
error-grant-wrong-verifier-log = 授權所指的不是核驗方的記錄。
    .now = { -now-stop }

# holding
error-holding-erased = 這份資料已被刪除。
    .now = { -now-choose }
error-holding-foreign-key = 證照綁定的密鑰不在這個錢包裏。
    .now = { -now-issuer }
error-holding-none-fits = 沒有一份資料能回應這個請求。
    .now = { -now-decline }
error-holding-too-large = 檔案大於 100 MiB。
    .now = { -now-otherfile }
error-holding-unknown = 沒有這份資料。
    .now = { -now-choose }
error-holding-unknown-form = 不認識這個檔案的格式。
    .now = { -now-otherfile }

# jose
error-jose-bad-algorithm = 使用了不允許的算法。
    .now = { -now-stop }
error-jose-bad-encoding = 其中一部分編碼不規範。
    .now = { -now-ask }
error-jose-bad-header = 頭部有一項不正確。
    .now = { -now-ask }
error-jose-bad-json = 其中一部分不是正確的 JSON。
    .now = { -now-ask }
error-jose-bad-key = 密鑰不是 P-256 公鑰。
    .now = { -now-ask }
error-jose-bad-seal = 密封的內容打不開。
    .now = { -now-ask }
error-jose-bad-signature = 簽名不成立。
    .now = { -now-stop }
error-jose-compressed = 密封的內容被壓縮過，不接受。
    .now = { -now-ask }
error-jose-critical-header = 頭部要求了未知的東西。
    .now = { -now-ask }
error-jose-duplicate-key = 其中一部分有重複的鍵。
    .now = { -now-ask }
error-jose-key-failure = 密鑰無法使用。
    .now = { -now-machine }
error-jose-key-in-header = 對方自帶了密鑰。
    .now = { -now-stop }
error-jose-misuse = 無法按要求製作。
    .now = { -now-report }
error-jose-not-compact = 不是緊湊形式。
    .now = { -now-ask }
error-jose-too-deep = 其中一部分嵌套過深。
    .now = { -now-ask }
error-jose-too-large = 超過允許的大小。
    .now = { -now-ask }
error-jose-wrong-party = 內容是為另一次交換密封的。
    .now = { -now-stop }
error-jose-wrong-recipient = 內容是密封給另一把密鑰的。
    .now = { -now-ask }
error-jose-wrong-type = 類型與預期不符。
    .now = { -now-stop }

# json
error-json-duplicate-key = JSON 中有重複的鍵。
    .now = { -now-otherfile }
error-json-malformed = 不是正確的 JSON。
    .now = { -now-otherfile }
error-json-not-utf8 = JSON 不是 UTF-8 文字。
    .now = { -now-otherfile }
error-json-too-deep = JSON 嵌套過深。
    .now = { -now-otherfile }
error-json-too-large = JSON 超過允許的大小。
    .now = { -now-otherfile }
error-json-wrong-shape = JSON 沒有預期的內容。
    .now = { -now-otherfile }

# ledger
error-ledger-bad-proof-text = 這不是記錄的證明。
    .now = { -now-evidence }
error-ledger-fork = 同樣大小的記錄有兩份不同的。
    .now = { -now-evidence }
error-ledger-missing-hash = 記錄中缺少一個已存的散列。
    .now = { -now-restore }
error-ledger-not-a-hash = 證明中的散列不是 32 字節。
    .now = { -now-evidence }
error-ledger-outside-tree = 證明所指的位置在樹之外。
    .now = { -now-evidence }
error-ledger-proof-length = 證明中的散列數目不對。
    .now = { -now-evidence }
error-ledger-too-large = 樹大得不可能。
    .now = { -now-evidence }
error-ledger-wrong-root = 證明得出的根不同。
    .now = { -now-evidence }

# log
error-log-broken = 記錄自相矛盾。
    .now = { -now-restore }
error-log-rolled-back = 空間比密鑰庫記得的更舊。
    .now = { -now-restore }

# note
error-note-bad-key = 這不是記錄的公鑰。
    .now = { -now-evidence }
error-note-bad-signature = 簽名不成立。
    .now = { -now-evidence }
error-note-malformed = 這不是簽名的便條。
    .now = { -now-evidence }
error-note-not-alone = 簽名不是正好一個。
    .now = { -now-evidence }
error-note-not-signed = 便條無法簽名。
    .now = { -now-machine }
error-note-too-large = 便條過大。
    .now = { -now-evidence }
error-note-unknown-signer = 沒有已知的密鑰簽過它。
    .now = { -now-evidence }

# notice
error-notice-bad-words = 文字檔案已損壞。
    .now = { -now-report }
error-notice-no-such-time = 時間不在曆法之內。
    .now = { -now-ask }
error-notice-no-words = 這種語言缺少文字。
    .now = { -now-report }

# pack
error-pack-bad-packing = 打包的內容無法讀取。
    .now = { -now-ask }
error-pack-not-canonical = 其中一部分編碼不規範。
    .now = { -now-ask }
error-pack-not-compact = 不是可以打包的形式。
    .now = { -now-ask }
error-pack-too-large = 文字太長，無法打包。
    .now = { -now-less }

# policy
error-policy-pack-date = 規則包中的日期不存在。
    .now = { -now-rules }
error-policy-pack-duplicate = 規則包中有兩條規則同號。
    .now = { -now-rules }
error-policy-pack-malformed = 這不是規則包的形式。
    .now = { -now-rules }
error-policy-pack-routes = 有規則沒有說明在各路線上如何適用。
    .now = { -now-rules }
error-policy-pack-too-large = 規則包過大。
    .now = { -now-rules }

# presentation
error-presentation-junk = 用所給的鑰匙打不開內容。
    .now = { -now-evidence }
error-presentation-not-granted = 收到的不是所授權的。
    .now = { -now-evidence }

# qr
error-qr-no-code = 圖片中沒有找到二維碼。
    .now = { -now-scan }
error-qr-not-drawn = 無法畫出二維碼。
    .now = { -now-report }
error-qr-picture-bytes = 圖片檔案大於 20 MiB。
    .now = { -now-otherfile }
error-qr-picture-damaged = 圖片已損壞。
    .now = { -now-otherfile }
error-qr-picture-form = 檔案不是 PNG 或 JPEG 圖片。
    .now = { -now-otherfile }
error-qr-picture-pixels = 圖片超過 4000 萬像素。
    .now = { -now-otherfile }
error-qr-too-long = 文字放不進一個第 15 版的二維碼。
    .now = { -now-report }
error-qr-too-many-pictures = 一次超過 200 張圖片。
    .now = { -now-less }

# receipt
error-receipt-from-future = 回執的時間在未來。
    .now = { -now-clock }
error-receipt-no-certificate = 回執沒有說明它的證書。
    .now = { -now-evidence }
error-receipt-too-early = 回執比它的授權更早。
    .now = { -now-evidence }
error-receipt-too-many = 回執所列的資料項過多。
    .now = { -now-evidence }
error-receipt-wrong-audience = 回執是給另一個持有人的。
    .now = { -now-evidence }
error-receipt-wrong-certificate = 回執所用的證書與請求不同。
    .now = { -now-evidence }
error-receipt-wrong-ciphertext = 回執所指的是另一份密封的內容。
    .now = { -now-evidence }
error-receipt-wrong-claims = 回執列出了沒有出示過的資料。
    .now = { -now-evidence }
error-receipt-wrong-delivery = 回執所指的是另一次交付。
    .now = { -now-evidence }
error-receipt-wrong-grant = 回執屬於另一項授權。
    .now = { -now-evidence }
error-receipt-wrong-holder-log = 回執所指的不是持有人的記錄。
    .now = { -now-evidence }
error-receipt-wrong-issuer = 回執不是來自提出請求的一方。
    .now = { -now-evidence }
error-receipt-wrong-key-commitment = 回執所指的是另一把鑰匙。
    .now = { -now-evidence }
error-receipt-wrong-organisation = 回執寫的機構與其證書不同。
    .now = { -now-evidence }
error-receipt-wrong-presentation = 回執所指的不是所給的出示。
    .now = { -now-evidence }
error-receipt-wrong-previous = 回執沒有接在前一張之後。
    .now = { -now-evidence }
error-receipt-wrong-request = 回執所指的是另一個請求。
    .now = { -now-evidence }

# request
error-request-answered-before = 這個請求已經回答過。
    .now = { -now-ask }

# scan
error-scan-missing-frames = 還缺少一些碼。
    .now = { -now-scan }
error-scan-other-message = 這個碼屬於另一步。
    .now = { -now-scan }
error-scan-unknown = 不認識這個碼。
    .now = { -now-scan }

# sd-jwt-vc
error-sd-jwt-vc-bad-claim = 證照中有一項種類不對。
    .now = { -now-issuer }
error-sd-jwt-vc-hidden-claim = 證照隱藏了必須顯示的一項。
    .now = { -now-issuer }
error-sd-jwt-vc-no-type = 證照沒有說明它是什麼。
    .now = { -now-issuer }

# sd-jwt
error-sd-jwt-bad-algorithm = 證照使用了不允許的簽名算法。
    .now = { -now-stop }
error-sd-jwt-bad-digest = 證照的摘要列表不正確。
    .now = { -now-stop }
error-sd-jwt-bad-disclosure = 其中一項披露不正確。
    .now = { -now-stop }
error-sd-jwt-bad-encoding = 證照的一部分編碼不規範。
    .now = { -now-stop }
error-sd-jwt-bad-header = 證照的頭部不可接受。
    .now = { -now-stop }
error-sd-jwt-bad-holder-signature = 持有人的簽名不成立。
    .now = { -now-stop }
error-sd-jwt-bad-json = 證照的一部分不是正確的 JSON。
    .now = { -now-stop }
error-sd-jwt-bad-key-binding = 持有人證明的形式不正確。
    .now = { -now-stop }
error-sd-jwt-bad-signature = 簽發機構的簽名不成立。
    .now = { -now-stop }
error-sd-jwt-bad-time = 證照中的時間不正確。
    .now = { -now-stop }
error-sd-jwt-digest-twice = 同一摘要在證照中出現兩次。
    .now = { -now-stop }
error-sd-jwt-duplicate-key = 證照的一部分有重複的鍵。
    .now = { -now-stop }
error-sd-jwt-expired = 證照已過期。
    .now = { -now-issuer }
error-sd-jwt-issued-in-future = 證照的簽發時間在未來。
    .now = { -now-clock }
error-sd-jwt-key-binding-in-future = 出示的時間在未來。
    .now = { -now-clock }
error-sd-jwt-key-binding-too-old = 這次出示太舊了。
    .now = { -now-ask }
error-sd-jwt-key-failure = 密鑰無法使用。
    .now = { -now-machine }
error-sd-jwt-malformed = 這不是 SD-JWT。
    .now = { -now-otherfile }
error-sd-jwt-name-collision = 披露的一項出現了兩次。
    .now = { -now-stop }
error-sd-jwt-no-holder-key = 證照沒有綁定持有人的密鑰。
    .now = { -now-issuer }
error-sd-jwt-no-key-binding = 出示沒有證明來自持有人。
    .now = { -now-stop }
error-sd-jwt-no-such-claim = 證照裏沒有這一項。
    .now = { -now-report }
error-sd-jwt-not-for-us = 證照是給別人的。
    .now = { -now-stop }
error-sd-jwt-not-issuable = 這些內容無法簽發。
    .now = { -now-report }
error-sd-jwt-not-yet-valid = 證照尚未生效。
    .now = { -now-clock }
error-sd-jwt-reserved-name = 有一項使用了保留的名稱。
    .now = { -now-stop }
error-sd-jwt-too-deep = 證照嵌套過深。
    .now = { -now-stop }
error-sd-jwt-too-large = 證照超過允許的大小。
    .now = { -now-stop }
error-sd-jwt-too-many = 證照的部分過多。
    .now = { -now-stop }
error-sd-jwt-unexpected-key-binding = 需要的是證照，而不是一次出示。
    .now = { -now-otherfile }
error-sd-jwt-unknown-hash = 證照使用了未知的散列。
    .now = { -now-stop }
error-sd-jwt-unreferenced-disclosure = 有一項披露不屬於這份證照。
    .now = { -now-stop }
error-sd-jwt-wrong-audience = 這次出示是給別人的。
    .now = { -now-stop }
error-sd-jwt-wrong-grant = 這次出示屬於另一項授權。
    .now = { -now-stop }
error-sd-jwt-wrong-nonce = 這次出示是為另一個請求作出的。
    .now = { -now-stop }
error-sd-jwt-wrong-sd-hash = 出示在簽名之後被改動過。
    .now = { -now-stop }
error-sd-jwt-wrong-type = 證照的類型與預期不符。
    .now = { -now-stop }

# text
error-text-bidi-control = 文字中有改變閱讀方向的字符。
    .now = { -now-stop }
error-text-control-character = 文字中有控制字符。
    .now = { -now-stop }
error-text-empty = 必須有的文字是空的。
    .now = { -now-ask }
error-text-invisible-character = 文字中有看不見的字符。
    .now = { -now-stop }
error-text-too-long = 文字太長，無法顯示。
    .now = { -now-ask }

# transcript
error-transcript-course = 成績單中有一門課程不完整。
    .now = { -now-issuer }
error-transcript-fields = 成績單沒有應有的各項。
    .now = { -now-otherfile }
error-transcript-not-json = 檔案不是 1 MiB 以內的正確 JSON。
    .now = { -now-otherfile }

# trust
error-trust-bad-dates = 名單上的日期互相矛盾。
    .now = { -now-list }
error-trust-bad-roles = 名單中有一項的角色不正確。
    .now = { -now-list }
error-trust-doubled-entry = 名單把同一張證書列了兩次。
    .now = { -now-list }
error-trust-encryption-key-signs = 名單中的加密密鑰同時也用於簽名。
    .now = { -now-list }
error-trust-forked = 發佈者用同一編號簽了兩份不同的名單。
    .now = { -now-stop }
error-trust-ids-disagree = 信任名單與證書給出的登記號碼不同。
    .now = { -now-stop }
error-trust-looks-like-listed = 這個名稱容易被當成名單上另一方的名稱。
    .now = { -now-stop }
error-trust-names-disagree = 信任名單與證書給出的機構不同。
    .now = { -now-stop }
error-trust-not-a-list = 這不是信任名單。
    .now = { -now-otherfile }
error-trust-not-yet-issued = 名單的發佈時間在未來。
    .now = { -now-clock }
error-trust-older = 這份名單比現有的更舊。
    .now = { -now-list }
error-trust-other-publisher = 名單不是由你接受的發佈者簽名的。
    .now = { -now-stop }
error-trust-other-role = 名單沒有把對方列為這種角色。
    .now = { -now-stop }
error-trust-superseded = 這份名單比見過的更舊。
    .now = { -now-list }
error-trust-too-many = 信任名單過長。
    .now = { -now-list }
error-trust-unknown-version = 名單來自更新的版本。
    .now = { -now-update }

# vault
error-vault-bad-row = 空間中的一行被從外面改動過。
    .now = { -now-restore }
error-vault-cost-out-of-bounds = 密碼強度參數超出範圍。
    .now = { -now-choose }
error-vault-damaged = 空間的數據庫已損壞。
    .now = { -now-restore }
error-vault-disk-full = 磁盤已滿。
    .now = { -now-disk }
error-vault-erased = 內容已被刪除。
    .now = { -now-choose }
error-vault-exists = 它已經存在。
    .now = { -now-choose }
error-vault-file-unavailable = 空間的一個檔案無法使用。
    .now = { -now-disk }
error-vault-folder-not-empty = 檔案夾不是空的。
    .now = { -now-choose }
error-vault-in-use = 空間已在別處打開。
    .now = { -now-close }
error-vault-internal = 保險庫出錯。
    .now = { -now-report }
error-vault-keystore-unavailable = 密鑰庫無法使用。
    .now = { -now-machine }
error-vault-last-slot = 不能移除打開空間的最後一種方式。
    .now = { -now-choose }
error-vault-locked = 空間已鎖上。
    .now = { -now-secret }
error-vault-missing = 沒有這一條。
    .now = { -now-choose }
error-vault-mistyped-recovery-code = 恢復碼輸入有誤。
    .now = { -now-secret }
error-vault-newer-version = 空間由更新的版本寫成。
    .now = { -now-update }
error-vault-no-platform-keystore = 這個平台沒有密鑰庫。
    .now = { -now-secret }
error-vault-no-such-slot = 沒有這種打開方式。
    .now = { -now-choose }
error-vault-not-a-space = 這個檔案夾不是一個空間。
    .now = { -now-otherfile }
error-vault-random = 隨機數來源失敗。
    .now = { -now-machine }
error-vault-size-differs = 讀取時檔案發生了變化。
    .now = { -now-otherfile }
error-vault-space-damaged = space.json 的兩份副本都已損壞。
    .now = { -now-restore }
error-vault-too-large = 檔案過大。
    .now = { -now-otherfile }
error-vault-wrong-key = 密鑰打不開這個空間。
    .now = { -now-secret }
error-vault-wrong-passphrase = 密碼打不開這個空間。
    .now = { -now-secret }
error-vault-wrong-recovery-code = 恢復碼打不開這個空間。
    .now = { -now-secret }
error-vault-wrong-state = 當前狀態不適合這一步。
    .now = { -now-choose }

# x509
error-x509-anchor-not-authority = 信任錨不是機構的證書。
    .now = { -now-list }
error-x509-anchor-not-valid = 信任錨不在有效期內。
    .now = { -now-list }
error-x509-bad-name = 證書中的名稱無法顯示。
    .now = { -now-stop }
error-x509-bad-signature = 證書的簽名不成立。
    .now = { -now-stop }
error-x509-critical-extension = 證書要求了未知的東西。
    .now = { -now-stop }
error-x509-expired = 證書已過期。
    .now = { -now-stop }
error-x509-issuer-not-authority = 證書由並非機構者簽發。
    .now = { -now-stop }
error-x509-issuer-not-for-certificates = 機構的證書不能用來簽發證書。
    .now = { -now-stop }
error-x509-leaf-is-anchor = 簽名者的證書就是信任錨。
    .now = { -now-stop }
error-x509-leaf-is-authority = 簽名者的證書是機構的證書。
    .now = { -now-stop }
error-x509-missing = 沒有給出證書。
    .now = { -now-stop }
error-x509-name-not-allowed = 機構不可為這個名稱擔保。
    .now = { -now-stop }
error-x509-no-key-usage = 簽名者的證書沒有說明密鑰用途。
    .now = { -now-stop }
error-x509-not-a-certificate = 這不是 X.509 證書。
    .now = { -now-stop }
error-x509-not-for-signing = 簽名者的證書不能用於簽名。
    .now = { -now-stop }
error-x509-not-yet-valid = 證書尚未生效。
    .now = { -now-clock }
error-x509-path-too-long = 證書鏈比機構允許的更長。
    .now = { -now-stop }
error-x509-self-signed = 簽名者的證書只由自己擔保。
    .now = { -now-stop }
error-x509-too-large = 證書過大。
    .now = { -now-stop }
error-x509-too-many = 證書過多。
    .now = { -now-stop }
error-x509-unknown-anchor = 這裏信任的人都不為簽名者擔保。
    .now = { -now-list }
error-x509-wrong-algorithm = 證書用不接受的算法簽名。
    .now = { -now-stop }
error-x509-wrong-key = 簽名者的密鑰不是 P-256。
    .now = { -now-stop }
error-x509-wrong-order = 證書沒有按從簽名者到錨的順序排列。
    .now = { -now-stop }
