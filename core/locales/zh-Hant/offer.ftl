# 主動授權頁面的用語。
known-by-name = 由你指名。領取時再核實對方身份。
known-by-policy = 由你自行限定：未指名任何一方。領取時再核實對方身份。
label-offer = 授權碼
offer-by-relay-live = 經中繼 { $relay } 傳送；中繼只看到時間和大小。有人領取時會顯示其名稱，由你決定是否同意。
offer-by-relay-named = 存放在中繼 { $relay }，僅該接收方可解開。中繼會看到誰在何時領取，並且只憑簽名回執交出一次密鑰。你毋須在線。
offer-by-relay-files = 存放在中繼 { $relay }，憑授權碼即可領取。注意：中繼若同時取得授權碼照片，便能讀取這些檔案。
offer-by-rule = 屆時不再詢問你：上列接收方中最先領取者即可取得。
offer-to-list = { $publisher } 名錄所載的任何核驗方
offer-to-list-in = { $publisher } 名錄所載、位於{ $place }的任何核驗方
offer-to-registered = 任何已登記的核驗方
label-sooner = 早於所選時間結束
offer-ends-sooner = 你選擇了 { $chosen }，但此級別的資料最多只能授權 { $most }，屆時授權碼即告失效。
span-seconds = { $count } 秒
span-and-rest = { $most } { $rest }
span-minutes = { $count } 分鐘
span-hours = { $count } 小時
span-days = { $count } 日
