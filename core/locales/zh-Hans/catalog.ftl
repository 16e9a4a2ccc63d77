# 证照与数据的名称。

# The two shelves.
shelf-credentials = 证照
shelf-data = 数据

# Types of documents.
doc-urn-chop-ips-1 = 国际患者摘要（按章节）
doc-urn-chop-transcript-1 = 成绩单（整份）
doc-urn-chop-item-1 = 自存资料
doc-unknown = 其他证照（{ $type }）

# Claims in general.
claim-unknown = { $path }
claim-position = 第 { $n } 项
claim-age-over = 年满 { $years } 岁的证明
claim-not-expired = 当日有效状态
claim-name-document-match = 姓名与证件相符情况
claim-at-least = { $what }达 { $bound } 的证明

# Patient summary: sections by LOINC code (HL7 IPS).
doc-urn-chop-ips-1-patient = 患者
doc-urn-chop-ips-1-document = 文件信息
doc-urn-chop-ips-1-11450-4 = 健康问题
doc-urn-chop-ips-1-48765-2 = 过敏史
doc-urn-chop-ips-1-10160-0 = 用药
doc-urn-chop-ips-1-11369-6 = 预防接种
doc-urn-chop-ips-1-30954-2 = 检查检验
doc-urn-chop-ips-1-47519-4 = 手术操作
doc-urn-chop-ips-1-46264-8 = 植入器械
doc-urn-chop-ips-1-42348-3 = 预立医疗指示
doc-urn-chop-ips-1-104605-1 = 警示
doc-urn-chop-ips-1-47420-5 = 功能状况
doc-urn-chop-ips-1-11348-0 = 既往病史
doc-urn-chop-ips-1-10162-6 = 妊娠史
doc-urn-chop-ips-1-81338-6 = 患者自述
doc-urn-chop-ips-1-18776-5 = 治疗计划
doc-urn-chop-ips-1-29762-2 = 社会史
doc-urn-chop-ips-1-8716-3 = 生命体征

# Transcript.
doc-urn-chop-transcript-1-holder = 持有人
doc-urn-chop-transcript-1-name = 姓名
doc-urn-chop-transcript-1-student_no = 学号
doc-urn-chop-transcript-1-institution = 学校
doc-urn-chop-transcript-1-programme = 专业
doc-urn-chop-transcript-1-award = 学位
doc-urn-chop-transcript-1-level = 层次
doc-urn-chop-transcript-1-period = 就读时间
doc-urn-chop-transcript-1-grade_scale = 成绩等级说明
doc-urn-chop-transcript-1-credit_unit = 学分定义
doc-urn-chop-transcript-1-courses = 课程
doc-urn-chop-transcript-1-credits_total = 总学分
doc-urn-chop-transcript-1-gpa = 平均绩点
doc-urn-chop-transcript-1-registrar = 签发单位
doc-urn-chop-transcript-1-issue_date = 签发日期

# An item of the holder.
doc-urn-chop-item-1-origin = 来源
doc-urn-chop-item-1-title = 标题
doc-urn-chop-item-1-file = 文件（封印、类型、大小）

# Purposes.
purpose-care-consultation = 就诊
purpose-care-emergency = 急救
purpose-care-referral = 转诊
purpose-care-pharmacy = 配药
purpose-edu-admission = 入学申请
purpose-edu-credit-transfer = 学分转换
purpose-employment-application = 求职
purpose-employment-placement = 实习
purpose-finance-account-opening = 开户
purpose-finance-credit = 贷款申请
purpose-insurance-claim = 保险理赔
purpose-housing-rental = 租房
purpose-identity-check = 核实身份
purpose-public-service = 公共服务
purpose-research-study = 研究

# Scenes.
scene-outpatient = 门诊
scene-inpatient = 住院
scene-emergency = 急诊
scene-admission = 招生
scene-application = 申请
scene-placement = 实习单位
scene-counter = 柜台
