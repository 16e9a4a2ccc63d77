# 主动授权页面的用语。
known-by-name = 由你指名。领取时再核实对方身份。
known-by-policy = 由你自行限定：未指名任何一方。领取时再核实对方身份。
label-offer = 授权码
offer-by-relay-live = 经中继 { $relay } 传送；中继只看到时间和大小。有人领取时会显示其名称，由你决定是否同意。
offer-by-relay-named = 存放在中继 { $relay }，仅该接收方可解开。中继会看到谁在何时领取，并且只凭签名回执交出一次密钥。你无须在线。
offer-by-relay-files = 存放在中继 { $relay }，凭授权码即可领取。注意：中继若同时取得授权码照片，便能读取这些文件。
offer-by-rule = 届时不再询问你：上列接收方中最先领取者即可取得。
offer-to-list = { $publisher } 名录所载的任何核验方
offer-to-list-in = { $publisher } 名录所载、位于{ $place }的任何核验方
offer-to-registered = 任何已登记的核验方
label-sooner = 早于所选时间结束
offer-ends-sooner = 你选择了 { $chosen }，但此级别的资料最多只能授权 { $most }，届时授权码即告失效。
span-seconds = { $count } 秒
span-and-rest = { $most } { $rest }
span-minutes = { $count } 分钟
span-hours = { $count } 小时
span-days = { $count } 天
