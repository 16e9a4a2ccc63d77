# 命令行用语。核心已有的话（印章、错误、授权页）不在此重复。

# 终端提问。
ask-passphrase = 口令
ask-new-passphrase = 新口令
ask-once-more = 再输入一次
ask-recovery-code = 恢复码
type-yes = 请输入“是”：

# 标签。
label-space = 空间
label-kind = 类别
label-id = 编号
label-type = 类型
label-issuer = 签发机构
label-seal = 印章
label-versions = 版本数
label-standing = 状态
label-log-key = 日志公钥
label-fingerprint = 指纹
label-exchange = 交换编号
label-recipient = 对方

# 空间。
kind-person = 个人
kind-firm = 机构
space-made = 空间已建好：{ $folder }
recovery-code = 恢复码只显示一次，不作任何保存，请抄在纸上：{ $code }
label-epoch = 纪元
standing-current = 与密钥库所记一致
standing-not-witnessed = 密钥库不认得这份记录
standing-rolled-back = 比密钥库所记的旧
standing-not-witnessed-long = 注意：密钥库不认得这份记录，在此无法判断它是否被回退。
standing-rolled-back-long = 当心：此空间比密钥库所记的旧。执行 “chop space continue” 之前不能写入。
interrupted = 上次运行中断：{ $count } 项没有结果，已记为“未知”。
passphrase-changed = 口令已更改。
nothing-rolled-back = 没有发生回退，未做任何事。
epoch-begun = 新纪元已开始。冻结：{ $frozen }。
backup-written = 备份已写入：{ $file }
restored = 已恢复到 { $folder }，用空间原来的口令打开。记录开始新纪元；未完成的授权已冻结。

# 持有物。
imported = 已收入：{ $title }（{ $id }）
replaced = 已替换：{ $title }（{ $id }）
nothing-found = 没有找到。
content-masked = 内容已遮盖；用 --reveal 显示。
content-erased = 内容已销毁，使用记录仍在。
erase-sure = 永久销毁“{ $title }”的内容吗？他人手中的副本无法收回。
erased = 已销毁：{ $title }。使用记录仍可证明；他人手中的副本无法收回。
nothing-done = 未做任何事。

# 信任与密钥。
trust-added = 已加入：{ $publisher }
trust-compare = 尚未加入。请与另行取得的指纹核对，再用 --fingerprint 给出。
trust-nobody = 还没有信任任何一方。
trust-good = 已验证，未到更新期
trust-stale = 已验证，但应有更新的一期
role-verifier = 核验方
role-issuer = 签发机构
key-certified = 已为此密钥保存证书。
publisher-not-compared = 当心：信任名单发布者的指纹没有核对。指纹：{ $fingerprint }

# 流程。
pictures-written = 已写出 { $count } 张图片：{ $folder }
next-request = 下一步：本人在五分钟内扫描。
next-data = 下一步：对方扫描。内容已密封，密钥尚未交出。
next-acknowledgement = 下一步：本人扫描并出示密钥。
next-key = 下一步：对方扫描此码，即可打开资料。
next-use = 下一步：本人扫描，收入记录。
can-be-chosen = 可选项：
not-held = 未持有；在对方看来与拒绝无异
nothing-chosen-yet = 尚未选择。请用 --choose 逐项选择要授权的内容。
separate-consents = 以下各项须单独同意：
agree-with = 同意且仅同意本页：chop { $command } … --agree { $code }
page-blocked = 有规则禁止此次授权，无法授权。
declined = 已拒绝。在对方看来，与你没有资料无异。
received = 已收到、已验证，且与授权完全一致：
content-refused = 内容与承诺不符。已写出签名的拒收；未取用任何内容。
use-confirmed = 已确认：对方已就所取内容签名。
use-refused = 对方签名表示拒收。

# 记录。
log-empty = 记录中还没有交换。
proof-written = 证明已写入：{ $file }
not-valid = 无效（{ $part }）：
status-held = { $uri }  签署于 { $issued }，取得于 { $fetched }
status-due = { $uri }  需要更新：用 “chop status refresh” 取得
status-nothing-due = 这里没有凭证需要更新状态名单。
status-not-checked = （未查状态）

# 演示。
demo-title-summary = 病历摘要（演示）
demo-title-transcript = 成绩单（演示）
demo-title-file = 扫描件（演示）
demo-title-record = 自己的记录（演示）
demo-banner = 演示。故事中的人并不存在：姓名、号码和数值都是示例，密钥刚刚生成，没有任何效力。
demo-authorities = ② 当场生成演示用的根证书、诊所、大学和信任名单发布者。
demo-spaces = ① 四个空间：香港居民和深圳医院各一个，珠海居民和澳门一所大学各一个，均以口令密封。
demo-trust = ③ 双方按发布者指纹接受演示信任名单：{ $fingerprint }
demo-imports = ④ 居民收入两份证照、一个文件和一条记录：
demo-asks = ⑤ 医院提出请求。签名的请求共 { $count } 张图片，五分钟内有效；第一张：
demo-page = ⑥ 居民看到的页面：
demo-sentences = ⑦ 用印前的最后一句话，四种语言：
demo-separate = 单独同意，各为独立的一次操作：{ $topic }
demo-agrees = ⑧ 居民选择了 { $count } 项，同意且仅同意这一页：{ $code }。
demo-data = ⑨ 资料密封送出，共 { $count } 张图片；没有密钥谁也读不了。第一张：
demo-acknowledgement = ⑩ 医院先为尚不能读的内容签收：{ $count } 张图片。
demo-key = ⑪ 签收无误：此时密钥才交出。
demo-hospital-sees = ⑫ 医院看到的内容（示例值）：
demo-use = ⑬ 医院就所取内容签名，{ $count } 张图片；居民将其收入记录。
demo-keeps-resident = 居民留存：持有物、授权、回执和 { $size } 条记录。
demo-keeps-hospital = 医院留存：仅授权的内容、回执和自己的 { $size } 条记录。
demo-second = ⑭ 同样的图片再用一次：
demo-second-resident = 居民，再次应答请求
demo-second-hospital = 医院，再次取用资料
demo-audits = ⑮ 双方记录逐条逐行重新核验：
demo-proof = ⑯ 一个文件即可证明，其中不含任何资料的值：{ $file }
demo-check-alone = 单独核验：
demo-check-anchored = 连同演示信任名单核验：
demo-tamper = ⑰ 在临时文件夹中改动副本：
demo-tamper-byte = 证明改动一个字节
demo-tamper-row = 绕过记录改动空间中的一行
demo-tamper-database = 空间文件改动一个字节
demo-tamper-older = 放回较旧的文件夹
demo-title-paper = 学院成绩单（DEMO 示例）
demo-shenzhen = ◆ 香港 → 深圳。医院先索取健康资料，却不说明为何需要。
demo-law = 这条路线的法律对这一页的意见：
demo-law-nothing = 没有发现问题。
demo-law-blocked = 因此无法授权。医院重新提出请求，并说明理由：
demo-override = { $rule } 提出警告。居民写明理由后继续，理由记入记录：{ $reason }
demo-reason = DEMO 示例：仅用于本演示
demo-record = ◆ 同意记录 { $id }：双方持有的内容逐字节相同，摘要 { $digest }。目前状态：
demo-exports = 该记录的可读页面、DPV 格式与 ODRL 协议：{ $folder }
demo-macao = ◆ 珠海 → 澳门。一位珠海居民要向澳门的一所大学出示成绩单。那里先由机器决定，又没有指明由谁解释。
demo-macao-agrees = 珠海居民选择 { $count } 项，并只同意这一页 { $code }。
demo-macao-sees = 经过同样的五条消息，大学看到的内容（示例值）：
demo-withdrawn = 珠海居民一步撤回同意。撤回能做到什么，做不到什么：
demo-notice = 大学收下签名的通知 { $file }。该同意在大学一方的状态：
demo-scan = ◆ 扫一次码，经中继传递。chop-relay 作为独立进程运行于 { $relay }；它转交的内容自己读不了。
demo-scan-none = ◆ 扫一次码，经中继传递：已略过，因为 chop 旁边和 PATH 中都没有 chop-relay。运行“cargo build --package chop-relay”即可生成；“make run”会自动完成。
demo-scan-agrees = 居民向演示信任名单上的机构提供 { $count } 项，同意且仅同意这一页：{ $code }。
demo-scan-code = 授权码只是一个版本 { $version } 的二维码，以下是从图片读回的样子，其中不含任何资料。随后居民的空间关闭。
demo-scan-claims = 医院扫描图片，经网络连接签名领取。空间正在休眠，医院等待。
demo-scan-second = 一所大学拿着同一个码的照片也来领取，被拒绝：已有他方在先。
demo-scan-wakes = 空间醒来，向中继查询发生了什么。
demo-scan-asked = 空间核验证书链、名称、法律和所求内容，显示对方是：{ $who }。居民表示同意。
demo-scan-sees = 医院先为密封的资料签收，凭签收取得密钥，再为所取内容签名（示例值）：
demo-scan-another = 另一个授权码，居民将其撤回：
demo-scan-revoked = 中继签名答复：已于 { $at } 撤销。谁也不能再领取。
demo-scan-audits = 双方记录，连同经中继传递的一切，重新核验：
demo-scan-relay = 中继自身日志的最新检查点，由授权中写明的密钥签名：
demo-left = 留在 { $folder }：图片、各空间及其记录、信任名单、供他人阅读的同意记录和一份证明。
demo-end = 演示：一切如常，每处改动都被指出。
demo-end-bad = 演示：有一步不正常，见上文。

# 输入有误，或机器拒绝。
usage-no-state-home = XDG_STATE_HOME 和 HOME 都没有设置；请用 --keys 指定文件夹。
usage-not-the-same = 两次输入不一致。
usage-first-line-empty = { $path }：第一行是空的。
usage-no-terminal = 没有终端可以提问；请指定文件。
usage-too-large = { $path } 超过 { $max } 字节。
usage-exists = { $path } 已存在；不会覆盖任何文件。
usage-file = { $path }：{ $error }
machine-file = { $path }：{ $error }
machine-pictures = { $what }
    这一步已经完成。重新画出图片：chop again { $exchange } --out DIR
usage-add-yes = 没有终端可以提问；请加上 --yes。
usage-name-value = { $typed }：应为 NAME=VALUE。
usage-no-topic = { $typed } 不是单独同意的事项。
usage-fingerprint = 指纹是 43 个 base64url 字符。
usage-no-certificate = 文件中没有 PEM 格式的证书。
usage-which-space = 哪个空间？请用 --space 指定文件夹。
usage-many-ids = 以 { $start } 开头的编号不止一个。
usage-no-id = 没有以 { $start } 开头的编号。
usage-picture-name = { $path }：文件名须以 .png 或 .svg 结尾。
usage-not-fresh = { $path } 不是空的；请指定新文件夹。
usage-has-pictures = { $path } 中已有图片；请指定别的文件夹。

# What the holder says of an item, and for whom they act.
label-share = 共享
label-subject = 关于
label-born = 出生
label-guardian = 监护人
label-evidence = 关系证明
no-evidence = 还没有资料证明此关系；不能代为签名。
age-under-14 = 未满 14 岁
age-under-16 = 14 至 15 岁
age-under-18 = 16 至 17 岁
age-adult = 已成年
biometrics-allowed = 生物识别信息可以提供，但绝不进入二维码。
never-by-qr = 持有；绝不进入二维码
values-that-go = 将要提供的内容：
ask-passphrase-again = 请再次输入口令：此授权含最高级别的资料
demo-present = 这是最高级别的资料，居民再次输入口令。

# Catalogue, packs, numbers.
badge-conflict = ⚠ 与其他证照不符
label-effective-from = 生效
label-purposes = 用途
label-responsible = 主管机构
label-provider = 提供机构
label-contact = 联系方式
number-right = 没有发现错误。
number-wrong = 号码有误：
number-form-only = 只能核对格式：没有公布校验位算法。
pack-added = 已加入：{ $id } { $version }
pack-built-in = 另有随程序提供的规则包和目录。
pack-compare = 没有加入。请从别处核对指纹，再用 --fingerprint 加入。
pack-known-publisher = 没有加入。发布者是你接受过的。
pack-in-force = 有效
pack-not-in-force = 未生效或已被取代
pack-key-made = 密钥已写入 { $path }。请保密。指纹：{ $fingerprint }
pack-signed = 已签名：{ $path }。发布者指纹：{ $fingerprint }
paper-stale = 内容已过时，请向签发机构更新。
purpose-keeping = 最长保存 { $days } 天（未经证实）
usage-no-such-type = 目录中没有 { $code }。
usage-pack-key = 这不是发布者的密钥文件。

# Over a network.
type-their-number = 若要授权，请输入对方屏幕上的数字：--number NN。谢绝总是安全的：chop decline。
usage-out-folder = 请用 --out DIR 指定存放图片的文件夹。
usage-their-number = 请输入对方屏幕显示的数字：--number NN。如果没有显示，请谢绝。
usage-loopback-only = 演示服务器只在本机监听，例如 127.0.0.1:8088。
machine-cannot-listen = 无法在那里监听；可能已被其他程序占用。
posted-used = 对方收下了你授权的内容，不多不少，并签了回执。
posted-refused = 对方签字表示没有采用这些资料。但资料已到过它手里。
posted-no-receipt = 对方说已收到资料，但没有签回执。这种方式下，回执全凭自愿。
posted-bad-receipt = 对方发来的回执不成立。但资料已在它手里。
posted-not-taken = 对方回复 { $status }，没有签回执。资料可能已在它手里；可以把同一份答复再发一次。
ask-tx-code = 签发机构另行给你的验证码（它说可以试的次数：{ $tries }）：
keep-sure = 要保存这份证照吗？
demo-issuer-serves = 演示签发机构在 { $origin }。发证邀请、验证码和信任名单在 { $folder }；发布者：{ $publisher }
demo-verifier-serves = 演示验证方在 { $origin }：用浏览器打开，或 POST { $origin }/session。

# Consents after they were given.
consents-none = 还没有任何同意。
deletion-asked = 删除要求已签名。请发给接收方；对方的答复用 chop consent delete-answer 记下。
notice-withdrawn = 持有人已撤回：自现在起不得再使用。
pledge-open = 容缺承诺已签署。请交给接收方：逾期未补，双方均记为未履行。
notice-pledged = 持有人承诺在期限内补齐所缺材料；逾期即为未履行。
notice-kept = 承诺的材料已补齐。
notice-delete = 持有人要求删除：请删除所收到的资料，并答复。
export-written = 已写入：{ $file }
copy-marked = 加注件，加注已核验：事由：{ $reason }；制作者：{ $maker }

# 经中继的主动授权。
offer-drafted = 拟定时间 { $at }：同意时请用 --drafted { $at } 原样给出。
offer-made = 授权码已制成。请出示，然后运行“chop watch”。
no-offers = 没有主动授权。
offer-left = 剩余 { $minutes } 分 { $seconds } 秒
offer-others = 另有 { $count } 次领取
offer-claimed-by = { $who } 要领取。是否交付？
offer-claim-refused = 已拒绝一次领取；授权仍然有效。[{ $code }]
offer-another-claim = 另有一方要领取：{ $who }
offer-collected-by = 已由 { $who } 领取
offer-revoked-at = 已撤回，中继签署时间 { $at }
offer-released-at = 太迟：已于 { $at } 交出，有中继签名
offer-strange = 收到不符的内容，未予采用。[{ $code }]
offer-received = 资料已收到并核验。
offer-relay-fault = 中继自相矛盾，证据已保存。
usage-terms = 这不是使用条款：{ $path }
offer-state-made = 已制成，尚未到中继
offer-state-open = 可领取
offer-state-answered = 已同意，尚未送达
offer-state-delivered = 已送达（密封）
offer-state-acknowledged = 已收到回执
offer-state-released = 密钥已交出
offer-state-done = 已使用，回执已存
offer-state-withdrawing = 正在撤回
offer-state-withdrawn = 已撤回
offer-state-expired = 已过期
offer-state-frozen = 恢复后已冻结
offer-state-rejecting = 正在拒绝领取
offer-state-claiming = 已提出领取
offer-state-pending = 等待授权人
offer-state-receipt-signed = 回执已签
offer-state-awaiting-key = 等待密钥
offer-state-taken = 已取得，回执送出中
offer-state-finished = 已取得
offer-state-refused = 被拒绝
offer-state-proving = 正在核对中继
usage-case = 请说明案件内容：权利请求用 --right 名称，资料有误用 --field 类型/字段。
kept-nothing = 这里没有保存他人的资料。
kept-due = 已到期：运行“chop erase-taken --due”删除
kept-days = 还剩 { $days } 天
kept-erased = 已删除。签名声明已记录；已导出到文件的副本不在此列。
kept-erased-due = 已删除 { $count } 项到期资料。
erasure-confirmed = 对方已签名声明删除所收资料。对方另行复制的副本无法证明。
