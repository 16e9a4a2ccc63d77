# 證照與數據的名稱。

# The two shelves.
shelf-credentials = 證照
shelf-data = 數據

# Types of documents.
doc-urn-chop-ips-1 = 國際病人摘要（分章節）
doc-urn-chop-transcript-1 = 成績單（整份）
doc-urn-chop-item-1 = 自存資料
doc-unknown = 其他證照（{ $type }）

# Claims in general.
claim-unknown = { $path }
claim-position = 第 { $n } 項
claim-age-over = 年滿 { $years } 歲的證明
claim-not-expired = 當日有效狀態
claim-name-document-match = 姓名與證件相符情況
claim-at-least = { $what }達 { $bound } 的證明

# Patient summary: sections by LOINC code (HL7 IPS).
doc-urn-chop-ips-1-patient = 病人
doc-urn-chop-ips-1-document = 文件資料
doc-urn-chop-ips-1-11450-4 = 問題清單
doc-urn-chop-ips-1-48765-2 = 過敏史
doc-urn-chop-ips-1-10160-0 = 藥物
doc-urn-chop-ips-1-11369-6 = 防疫接種
doc-urn-chop-ips-1-30954-2 = 化驗及檢查
doc-urn-chop-ips-1-47519-4 = 手術及程序
doc-urn-chop-ips-1-46264-8 = 醫療裝置
doc-urn-chop-ips-1-42348-3 = 預設醫療指示
doc-urn-chop-ips-1-104605-1 = 警示
doc-urn-chop-ips-1-47420-5 = 功能狀況
doc-urn-chop-ips-1-11348-0 = 過往病歷
doc-urn-chop-ips-1-10162-6 = 懷孕紀錄
doc-urn-chop-ips-1-81338-6 = 病人自述
doc-urn-chop-ips-1-18776-5 = 治療計劃
doc-urn-chop-ips-1-29762-2 = 社會史
doc-urn-chop-ips-1-8716-3 = 生命表徵

# Transcript.
doc-urn-chop-transcript-1-holder = 持有人
doc-urn-chop-transcript-1-name = 姓名
doc-urn-chop-transcript-1-student_no = 學號
doc-urn-chop-transcript-1-institution = 院校
doc-urn-chop-transcript-1-programme = 課程
doc-urn-chop-transcript-1-award = 學位
doc-urn-chop-transcript-1-level = 程度
doc-urn-chop-transcript-1-period = 就讀時間
doc-urn-chop-transcript-1-grade_scale = 成績等級說明
doc-urn-chop-transcript-1-credit_unit = 學分定義
doc-urn-chop-transcript-1-courses = 科目
doc-urn-chop-transcript-1-credits_total = 總學分
doc-urn-chop-transcript-1-gpa = 平均績點
doc-urn-chop-transcript-1-registrar = 簽發部門
doc-urn-chop-transcript-1-issue_date = 簽發日期

# An item of the holder.
doc-urn-chop-item-1-origin = 來源
doc-urn-chop-item-1-title = 標題
doc-urn-chop-item-1-file = 檔案（封印、類型、大小）

# Purposes.
purpose-care-consultation = 就診
purpose-care-emergency = 急救
purpose-care-referral = 轉診
purpose-care-pharmacy = 配藥
purpose-edu-admission = 入學申請
purpose-edu-credit-transfer = 學分轉換
purpose-employment-application = 求職
purpose-employment-placement = 實習
purpose-finance-account-opening = 開户
purpose-finance-credit = 貸款申請
purpose-insurance-claim = 保險理賠
purpose-housing-rental = 租房
purpose-identity-check = 核實身份
purpose-public-service = 公共服務
purpose-research-study = 研究

# Scenes.
scene-outpatient = 門診
scene-inpatient = 住院
scene-emergency = 急診
scene-admission = 招生
scene-application = 申請
scene-placement = 實習單位
scene-counter = 櫃枱
