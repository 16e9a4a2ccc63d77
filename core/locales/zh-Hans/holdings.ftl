# 持有物如何共享、为谁共享，以及分级的含义。

# The page.
mark-predicate = 只答“是”，不给出数值
predicate-age-over = 是否年满 { $years } 岁
predicate-not-expired = 证件今天是否有效
predicate-name-document-match = 姓名与证件是否相符
predicate-at-least = { $what }是否不低于 { $bound }
label-level = 资料级别
level-L3 = 三级：身份号码，或尚未归类的资料。授权最长一小时。
level-L4 = 四级（最高）：敏感资料。需要再次输入口令，授权最长十分钟。
label-copy = 加注件
copy-with-note = 以“{ $title }”的加注件代替原件：事由：{ $reason }；制作者：{ $maker }；有效期截止：{ $until }
label-ward = 为谁
ward-signed = 关于{ $name }。由{ $guardian }（{ $relation }）单独签名；本空间有资料证明此关系。
ward-not-shown = 关于{ $name }。由{ $guardian }（{ $relation }）签名，但本空间没有资料证明此关系。
ward-not-signed = 关于{ $name }。尚无人代为签名；{ $guardian }（{ $relation }）可以签名。
relation-parent = 父母
relation-guardian = 监护人

# How an item is shared.
share-never = 不予共享：无论谁请求，都不进入任何授权
share-condition = 有条件共享：每次都征求同意
share-open = 无条件共享：命令行在你要求时可自动应答（限二级及以下），此外每次都征求同意；每次使用都会记录

# Errors.
error-consent-not-present = 此授权含最高级别的资料，需要再次输入口令。
    .now = { -now-passphrase }
error-grant-biometric-by-qr = 肖像和生物识别信息绝不进入二维码。
    .now = { -now-choose }
error-consent-not-open = 你的规则中没有一条可以自动答复此请求。
    .now = { -now-choose }
error-consent-guardian-act = 缺少监护人的签名，或此处并不需要监护人签名。
    .now = { -now-choose }
error-profile-unknown = 没有这份档案。
    .now = { -now-choose }
error-profile-birth-date = 出生日期不是日期，或尚未到来。
    .now = { -now-choose }
error-profile-nameless = 档案需要本人和监护人的姓名。
    .now = { -now-choose }
error-profile-no-evidence = 这份资料不能证明关系：它是你自己写的、已被清除，或印章无效。
    .now = { -now-choose }
error-copy-note-missing = 加注件需要写明事由和制作者姓名。
    .now = { -now-choose }
error-copy-not-possible = 只有你自己的文件或记录可以制作加注件。
    .now = { -now-choose }
error-copy-words = 加注内容缺失或过长。
    .now = { -now-choose }
error-copy-times = 加注件的时间互相矛盾，或有效期过长。
    .now = { -now-choose }
error-copy-wrong-issuer = 加注件不是授权的持有人制作的。
    .now = { -now-stop }
error-copy-wrong-grant = 加注件是为另一次授权制作的。
    .now = { -now-stop }
error-copy-other-content = 这不是当时加注的那一份。
    .now = { -now-stop }
error-copy-not-yet-valid = 加注件的制作时间在将来。
    .now = { -now-clock }
error-copy-expired = 加注件已过有效期。
    .now = { -now-ask }
