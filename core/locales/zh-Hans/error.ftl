# 每个错误：发生了什么；.now：现在怎么办。资料是否离开，见 notice.ftl 的 left-*。

# What to do now.
-now-ask = 请对方出示一个新的码，再试一次。
-now-scan = 对准正确的码，再扫一次。
-now-stop = 不要继续。告诉对方你看到了什么。
-now-evidence = 保留这份内容作为证据，并告诉对方。
-now-choose = 检查你的选择，再试一次。
-now-less = 减少内容，再试一次。
-now-late = 请向对方行使你的权利。
-now-decline = 你可以谢绝。
-now-issuer = 请签发机构给你一份新的。
-now-otherfile = 选择另一个文件，再试一次。
-now-other = 换一个备份，再试一次。
-now-secret = 检查口令或恢复码，再试一次。
-now-disk = 检查磁盘空间和权限，再试一次。
-now-machine = 重新启动程序，再试一次。
-now-close = 在别处关闭它，再试一次。
-now-update = 更新程序后再试。
-now-restore = 不要继续使用。核查记录，必要时从备份恢复。
-now-clock = 检查本机的时间，再试一次。
-now-list = 检查你的信任名单。
-now-rules = 换一个规则包。
-now-report = 这是程序的错误。请报告。

# bundle
error-bundle-bad-cost = 备份中的口令强度参数不可接受。
    .now = { -now-other }
error-bundle-bad-header = 备份文件的开头已损坏。
    .now = { -now-otherfile }
error-bundle-damaged = 备份文件已损坏。
    .now = { -now-otherfile }
error-bundle-io = 无法读取或写入备份文件。
    .now = { -now-disk }
error-bundle-newer-version = 备份由更新的版本制作。
    .now = { -now-update }
error-bundle-no-secret = 没有给出备份的口令或恢复码。
    .now = { -now-report }
error-bundle-no-such-slot = 不能用这种方式打开备份。
    .now = { -now-secret }
error-bundle-not-a-bundle = 这个文件不是数印的备份。
    .now = { -now-otherfile }
error-bundle-random = 随机数来源失败。
    .now = { -now-machine }
error-bundle-sealing = 无法密封备份。
    .now = { -now-report }
error-bundle-truncated = 备份文件缺了末尾。
    .now = { -now-otherfile }
error-bundle-wrong-secret = 口令或恢复码打不开这个备份。
    .now = { -now-secret }

# cbor
error-cbor-bad-text = 内容中的文字编码不正确。
    .now = { -now-ask }
error-cbor-not-deterministic = 内容不是唯一规定的编码。
    .now = { -now-ask }
error-cbor-too-deep = 内容嵌套过深。
    .now = { -now-ask }
error-cbor-too-large = 内容超过允许的大小。
    .now = { -now-ask }
error-cbor-trailing-bytes = 内容后面还有多余的字节。
    .now = { -now-ask }
error-cbor-truncated = 内容不完整。
    .now = { -now-ask }
error-cbor-unexpected-shape = 内容的结构与预期不符。
    .now = { -now-ask }
error-cbor-unsupported = 内容含有这里不使用的值。
    .now = { -now-ask }

# checkpoint
error-checkpoint-empty-root = 空记录的检查点却有内容。
    .now = { -now-evidence }
error-checkpoint-extension = 检查点带有多余的行。
    .now = { -now-evidence }
error-checkpoint-malformed = 这不是记录的检查点。
    .now = { -now-evidence }
error-checkpoint-too-large = 检查点所指的记录大得不可能。
    .now = { -now-evidence }
error-checkpoint-wrong-origin = 检查点属于另一份记录。
    .now = { -now-evidence }

# claim-path
error-claim-path-empty = 没有指明是哪一项资料。
    .now = { -now-ask }
error-claim-path-too-long = 资料项的路径过长。
    .now = { -now-ask }

# consent
error-consent-blocked = 有规则禁止这项授权。
    .now = { -now-stop }
error-consent-not-asked = 对方没有要求这一项。
    .now = { -now-choose }
error-consent-nothing-chosen = 没有选择任何一项。
    .now = { -now-choose }
error-consent-other-page = 所同意的页面与这些选择不符。
    .now = { -now-choose }
error-consent-separate-missing = 缺少一项单独同意。
    .now = { -now-choose }

# content
error-content-bad-presentation = 内容中的证照无法读取。
    .now = { -now-evidence }
error-content-bomb = 内容展开后超过允许的大小。
    .now = { -now-evidence }
error-content-junk = 密封的内容用它自己的钥匙也打不开。
    .now = { -now-evidence }
error-content-malformed = 打开的内容无法读取。
    .now = { -now-evidence }
error-content-too-large = 一次授权的内容过多。
    .now = { -now-less }
error-content-wrong-ciphertext = 密封的内容不是所承诺的那一份。
    .now = { -now-evidence }
error-content-wrong-content = 打开的内容不是所承诺的那一份。
    .now = { -now-evidence }
error-content-wrong-file = 其中的文件不是被封印的那一份。
    .now = { -now-evidence }
error-content-wrong-key = 钥匙不是所承诺的那一把。
    .now = { -now-evidence }

# core
error-core-internal = 内部步骤出错。
    .now = { -now-report }

# dcql
error-dcql-bad-id = 请求中的编号含有不允许的字符。
    .now = { -now-ask }
error-dcql-bad-path = 请求中的资料路径有误。
    .now = { -now-ask }
error-dcql-bad-values = 请求中的比较值无法比较。
    .now = { -now-ask }
error-dcql-claim-sets = 请求在资料项之间给出了多种选择。
    .now = { -now-ask }
error-dcql-credential-sets = 请求在证照之间给出了多种选择。
    .now = { -now-ask }
error-dcql-doubled-claim = 请求把同一项资料问了两次。
    .now = { -now-ask }
error-dcql-doubled-id = 请求把同一编号用了两次。
    .now = { -now-ask }
error-dcql-multiple = 请求用一个编号索取多份证照。
    .now = { -now-ask }
error-dcql-no-claims = 请求没有说明要哪些资料。
    .now = { -now-ask }
error-dcql-no-holder-binding = 请求要的是任何人都能出示的证照。
    .now = { -now-ask }
error-dcql-no-type = 请求没有说明要哪种证照。
    .now = { -now-ask }
error-dcql-not-a-query = 这不是一份查询。
    .now = { -now-ask }
error-dcql-not-asked = 选择了没有被要求的一项。
    .now = { -now-report }
error-dcql-nothing-chosen = 没有选择任何一项。
    .now = { -now-choose }
error-dcql-path-too-long = 请求的资料项层级过深。
    .now = { -now-ask }
error-dcql-too-many-claims = 请求的资料项过多。
    .now = { -now-ask }
error-dcql-too-many-credentials = 请求的证照过多。
    .now = { -now-ask }
error-dcql-too-many-values = 请求列出的类型或值过多。
    .now = { -now-ask }
error-dcql-trusted-authorities = 请求以这里不支持的方式限定签发机构。
    .now = { -now-ask }
error-dcql-unfit-text = 请求中有无法显示的文字。
    .now = { -now-ask }
error-dcql-unknown-format = 请求了这里不支持的格式。
    .now = { -now-ask }
error-dcql-wildcard = 请求了“全部”资料。
    .now = { -now-ask }

# deflate
error-deflate-compressor = 资料无法压缩。
    .now = { -now-report }
error-deflate-damaged = 压缩的资料已损坏。
    .now = { -now-ask }
error-deflate-too-large = 压缩的资料展开后过大。
    .now = { -now-ask }
error-deflate-unknown-dictionary = 资料使用了未知的压缩字典。
    .now = { -now-ask }

# delivery
error-delivery-bad-times = 交付单的时间与授权矛盾。
    .now = { -now-stop }
error-delivery-expired = 交付单已过期。
    .now = { -now-ask }
error-delivery-not-yet-valid = 交付单的时间在未来。
    .now = { -now-clock }
error-delivery-wrong-ciphertext = 密封的内容不是交付单所写的那一份。
    .now = { -now-evidence }
error-delivery-wrong-grant = 交付单属于另一项授权。
    .now = { -now-evidence }
error-delivery-wrong-issuer = 交付单不是来自作出授权的持有人。
    .now = { -now-evidence }
error-delivery-wrong-request = 交付单回应的是另一个请求。
    .now = { -now-evidence }

# entry
error-entry-malformed = 这不是一条记录。
    .now = { -now-evidence }
error-entry-not-canonical = 记录条目不是唯一规定的编码。
    .now = { -now-evidence }
error-entry-too-large = 记录条目过大。
    .now = { -now-evidence }
error-entry-unknown-kind = 记录条目的种类未知。
    .now = { -now-evidence }

# envelope
error-envelope-bomb = 信封展开后超过允许的大小。
    .now = { -now-ask }
error-envelope-malformed = 打开的信封无法读取。
    .now = { -now-ask }
error-envelope-too-large = 一个信封放不下这么多。
    .now = { -now-less }

# exchange
error-exchange-already-released = 钥匙已经交出。
    .now = { -now-late }
error-exchange-expired = 授权的时间已过。
    .now = { -now-ask }
error-exchange-frozen = 空间曾被恢复或倒退，这项授权已冻结。
    .now = { -now-ask }
error-exchange-nonce-seen = 这个请求的一次性编号已被用过。
    .now = { -now-ask }
error-exchange-unknown = 这里没有在等待这个码的交换。
    .now = { -now-scan }
error-exchange-withdrawn = 授权已被撤回。
    .now = { -now-ask }
error-exchange-wrong-step = 交换还没到或已过这一步。
    .now = { -now-scan }

# file
error-file-bad-type = 文件的类型写法不正确。
    .now = { -now-otherfile }
error-file-too-large = 文件大于 100 MiB。
    .now = { -now-otherfile }
error-file-wrong-seal = 文件不是被封印的那一份。
    .now = { -now-evidence }
error-file-wrong-size = 文件大小与所述不符。
    .now = { -now-evidence }

# frame
error-frame-bad-base45 = 码的编码不正确。
    .now = { -now-scan }
error-frame-bad-checksum = 码的校验和不对。
    .now = { -now-scan }
error-frame-bad-count = 码的序号超出范围。
    .now = { -now-scan }
error-frame-bad-message = 码里的内容无法读取。
    .now = { -now-ask }
error-frame-bomb = 码里的内容展开后过大。
    .now = { -now-ask }
error-frame-contradiction = 这个码与之前的码矛盾。
    .now = { -now-ask }
error-frame-foreign-frame = 这个码属于另一条消息。
    .now = { -now-scan }
error-frame-missing = 还缺少一些码。
    .now = { -now-scan }
error-frame-not-a-frame = 这个二维码不是数印的码。
    .now = { -now-scan }
error-frame-text-too-long = 码里的文字过长。
    .now = { -now-scan }
error-frame-too-large = 内容太多，二维码放不下。
    .now = { -now-less }
error-frame-truncated = 码被截断了。
    .now = { -now-scan }
error-frame-unexpected-message = 这一步等待的是另一种码。
    .now = { -now-scan }
error-frame-unknown-kind = 码的种类未知。
    .now = { -now-update }
error-frame-unknown-message = 消息的种类未知。
    .now = { -now-update }
error-frame-unknown-version = 码的版本未知。
    .now = { -now-update }
error-frame-wrong-message = 这些码合起来不是所指的那条消息。
    .now = { -now-ask }

# grant
error-grant-bad-times = 授权的时间互相矛盾。
    .now = { -now-stop }
error-grant-empty-scope = 授权没有允许任何东西。
    .now = { -now-stop }
error-grant-expired = 授权已过期。
    .now = { -now-ask }
error-grant-no-key = 授权没有带上签名所用的密钥。
    .now = { -now-stop }
error-grant-no-purpose = 授权没有用途。
    .now = { -now-stop }
error-grant-not-one-off = 授权不是正好一次。
    .now = { -now-stop }
error-grant-not-yet-valid = 授权尚未生效。
    .now = { -now-clock }
error-grant-open-choice = 授权没有说定允许哪些资料。
    .now = { -now-stop }
error-grant-unknown-access = 授权允许了这里不认识的东西。
    .now = { -now-stop }
error-grant-unknown-schema = 授权的格式未知。
    .now = { -now-update }
error-grant-wildcard = 授权没有逐项列出资料。
    .now = { -now-stop }
error-grant-wrong-audience = 授权是给另一个接收方的。
    .now = { -now-stop }
error-grant-wrong-issuer = 授权所写的签发者不是签名的密钥。
    .now = { -now-stop }
error-grant-wrong-request = 授权回应的是另一个请求。
    .now = { -now-stop }
error-grant-wrong-verifier-log = 授权所指的不是核验方的记录。
    .now = { -now-stop }

# holding
error-holding-erased = 这份资料已被删除。
    .now = { -now-choose }
error-holding-foreign-key = 证照绑定的密钥不在这个钱包里。
    .now = { -now-issuer }
error-holding-none-fits = 没有一份资料能回应这个请求。
    .now = { -now-decline }
error-holding-too-large = 文件大于 100 MiB。
    .now = { -now-otherfile }
error-holding-unknown = 没有这份资料。
    .now = { -now-choose }
error-holding-unknown-form = 不认识这个文件的格式。
    .now = { -now-otherfile }

# jose
error-jose-bad-algorithm = 使用了不允许的算法。
    .now = { -now-stop }
error-jose-bad-encoding = 其中一部分编码不规范。
    .now = { -now-ask }
error-jose-bad-header = 头部有一项不正确。
    .now = { -now-ask }
error-jose-bad-json = 其中一部分不是正确的 JSON。
    .now = { -now-ask }
error-jose-bad-key = 密钥不是 P-256 公钥。
    .now = { -now-ask }
error-jose-bad-seal = 密封的内容打不开。
    .now = { -now-ask }
error-jose-bad-signature = 签名不成立。
    .now = { -now-stop }
error-jose-compressed = 密封的内容被压缩过，不接受。
    .now = { -now-ask }
error-jose-critical-header = 头部要求了未知的东西。
    .now = { -now-ask }
error-jose-duplicate-key = 其中一部分有重复的键。
    .now = { -now-ask }
error-jose-key-failure = 密钥无法使用。
    .now = { -now-machine }
error-jose-key-in-header = 对方自带了密钥。
    .now = { -now-stop }
error-jose-misuse = 无法按要求制作。
    .now = { -now-report }
error-jose-not-compact = 不是紧凑形式。
    .now = { -now-ask }
error-jose-too-deep = 其中一部分嵌套过深。
    .now = { -now-ask }
error-jose-too-large = 超过允许的大小。
    .now = { -now-ask }
error-jose-wrong-party = 内容是为另一次交换密封的。
    .now = { -now-stop }
error-jose-wrong-recipient = 内容是密封给另一把密钥的。
    .now = { -now-ask }
error-jose-wrong-type = 类型与预期不符。
    .now = { -now-stop }

# json
error-json-duplicate-key = JSON 中有重复的键。
    .now = { -now-otherfile }
error-json-malformed = 不是正确的 JSON。
    .now = { -now-otherfile }
error-json-not-utf8 = JSON 不是 UTF-8 文字。
    .now = { -now-otherfile }
error-json-too-deep = JSON 嵌套过深。
    .now = { -now-otherfile }
error-json-too-large = JSON 超过允许的大小。
    .now = { -now-otherfile }
error-json-wrong-shape = JSON 没有预期的内容。
    .now = { -now-otherfile }

# ledger
error-ledger-bad-proof-text = 这不是记录的证明。
    .now = { -now-evidence }
error-ledger-fork = 同样大小的记录有两份不同的。
    .now = { -now-evidence }
error-ledger-missing-hash = 记录中缺少一个已存的散列。
    .now = { -now-restore }
error-ledger-not-a-hash = 证明中的散列不是 32 字节。
    .now = { -now-evidence }
error-ledger-outside-tree = 证明所指的位置在树之外。
    .now = { -now-evidence }
error-ledger-proof-length = 证明中的散列数目不对。
    .now = { -now-evidence }
error-ledger-too-large = 树大得不可能。
    .now = { -now-evidence }
error-ledger-wrong-root = 证明得出的根不同。
    .now = { -now-evidence }

# log
error-log-broken = 记录自相矛盾。
    .now = { -now-restore }
error-log-rolled-back = 空间比密钥库记得的更旧。
    .now = { -now-restore }

# note
error-note-bad-key = 这不是记录的公钥。
    .now = { -now-evidence }
error-note-bad-signature = 签名不成立。
    .now = { -now-evidence }
error-note-malformed = 这不是签名的便条。
    .now = { -now-evidence }
error-note-not-alone = 签名不是正好一个。
    .now = { -now-evidence }
error-note-not-signed = 便条无法签名。
    .now = { -now-machine }
error-note-too-large = 便条过大。
    .now = { -now-evidence }
error-note-unknown-signer = 没有已知的密钥签过它。
    .now = { -now-evidence }

# notice
error-notice-bad-words = 文字文件已损坏。
    .now = { -now-report }
error-notice-no-such-time = 时间不在历法之内。
    .now = { -now-ask }
error-notice-no-words = 这种语言缺少文字。
    .now = { -now-report }

# pack
error-pack-bad-packing = 打包的内容无法读取。
    .now = { -now-ask }
error-pack-not-canonical = 其中一部分编码不规范。
    .now = { -now-ask }
error-pack-not-compact = 不是可以打包的形式。
    .now = { -now-ask }
error-pack-too-large = 文字太长，无法打包。
    .now = { -now-less }

# policy
error-policy-pack-date = 规则包中的日期不存在。
    .now = { -now-rules }
error-policy-pack-duplicate = 规则包中有两条规则同号。
    .now = { -now-rules }
error-policy-pack-malformed = 这不是规则包的形式。
    .now = { -now-rules }
error-policy-pack-routes = 有规则没有说明在各路线上如何适用。
    .now = { -now-rules }
error-policy-pack-too-large = 规则包过大。
    .now = { -now-rules }

# presentation
error-presentation-junk = 用所给的钥匙打不开内容。
    .now = { -now-evidence }
error-presentation-not-granted = 收到的不是所授权的。
    .now = { -now-evidence }

# qr
error-qr-no-code = 图片中没有找到二维码。
    .now = { -now-scan }
error-qr-not-drawn = 无法画出二维码。
    .now = { -now-report }
error-qr-picture-bytes = 图片文件大于 20 MiB。
    .now = { -now-otherfile }
error-qr-picture-damaged = 图片已损坏。
    .now = { -now-otherfile }
error-qr-picture-form = 文件不是 PNG 或 JPEG 图片。
    .now = { -now-otherfile }
error-qr-picture-pixels = 图片超过 4000 万像素。
    .now = { -now-otherfile }
error-qr-too-long = 文字放不进一个第 15 版的二维码。
    .now = { -now-report }
error-qr-too-many-pictures = 一次超过 200 张图片。
    .now = { -now-less }

# receipt
error-receipt-from-future = 回执的时间在未来。
    .now = { -now-clock }
error-receipt-no-certificate = 回执没有说明它的证书。
    .now = { -now-evidence }
error-receipt-too-early = 回执比它的授权更早。
    .now = { -now-evidence }
error-receipt-too-many = 回执所列的资料项过多。
    .now = { -now-evidence }
error-receipt-wrong-audience = 回执是给另一个持有人的。
    .now = { -now-evidence }
error-receipt-wrong-certificate = 回执所用的证书与请求不同。
    .now = { -now-evidence }
error-receipt-wrong-ciphertext = 回执所指的是另一份密封的内容。
    .now = { -now-evidence }
error-receipt-wrong-claims = 回执列出了没有出示过的资料。
    .now = { -now-evidence }
error-receipt-wrong-delivery = 回执所指的是另一次交付。
    .now = { -now-evidence }
error-receipt-wrong-grant = 回执属于另一项授权。
    .now = { -now-evidence }
error-receipt-wrong-holder-log = 回执所指的不是持有人的记录。
    .now = { -now-evidence }
error-receipt-wrong-issuer = 回执不是来自提出请求的一方。
    .now = { -now-evidence }
error-receipt-wrong-key-commitment = 回执所指的是另一把钥匙。
    .now = { -now-evidence }
error-receipt-wrong-organisation = 回执写的机构与其证书不同。
    .now = { -now-evidence }
error-receipt-wrong-presentation = 回执所指的不是所给的出示。
    .now = { -now-evidence }
error-receipt-wrong-previous = 回执没有接在前一张之后。
    .now = { -now-evidence }
error-receipt-wrong-request = 回执所指的是另一个请求。
    .now = { -now-evidence }

# request
error-request-answered-before = 这个请求已经回答过。
    .now = { -now-ask }

# scan
error-scan-missing-frames = 还缺少一些码。
    .now = { -now-scan }
error-scan-other-message = 这个码属于另一步。
    .now = { -now-scan }
error-scan-unknown = 不认识这个码。
    .now = { -now-scan }

# sd-jwt-vc
error-sd-jwt-vc-bad-claim = 证照中有一项种类不对。
    .now = { -now-issuer }
error-sd-jwt-vc-hidden-claim = 证照隐藏了必须显示的一项。
    .now = { -now-issuer }
error-sd-jwt-vc-no-type = 证照没有说明它是什么。
    .now = { -now-issuer }

# sd-jwt
error-sd-jwt-bad-algorithm = 证照使用了不允许的签名算法。
    .now = { -now-stop }
error-sd-jwt-bad-digest = 证照的摘要列表不正确。
    .now = { -now-stop }
error-sd-jwt-bad-disclosure = 其中一项披露不正确。
    .now = { -now-stop }
error-sd-jwt-bad-encoding = 证照的一部分编码不规范。
    .now = { -now-stop }
error-sd-jwt-bad-header = 证照的头部不可接受。
    .now = { -now-stop }
error-sd-jwt-bad-holder-signature = 持有人的签名不成立。
    .now = { -now-stop }
error-sd-jwt-bad-json = 证照的一部分不是正确的 JSON。
    .now = { -now-stop }
error-sd-jwt-bad-key-binding = 持有人证明的形式不正确。
    .now = { -now-stop }
error-sd-jwt-bad-signature = 签发机构的签名不成立。
    .now = { -now-stop }
error-sd-jwt-bad-time = 证照中的时间不正确。
    .now = { -now-stop }
error-sd-jwt-digest-twice = 同一摘要在证照中出现两次。
    .now = { -now-stop }
error-sd-jwt-duplicate-key = 证照的一部分有重复的键。
    .now = { -now-stop }
error-sd-jwt-expired = 证照已过期。
    .now = { -now-issuer }
error-sd-jwt-issued-in-future = 证照的签发时间在未来。
    .now = { -now-clock }
error-sd-jwt-key-binding-in-future = 出示的时间在未来。
    .now = { -now-clock }
error-sd-jwt-key-binding-too-old = 这次出示太旧了。
    .now = { -now-ask }
error-sd-jwt-key-failure = 密钥无法使用。
    .now = { -now-machine }
error-sd-jwt-malformed = 这不是 SD-JWT。
    .now = { -now-otherfile }
error-sd-jwt-name-collision = 披露的一项出现了两次。
    .now = { -now-stop }
error-sd-jwt-no-holder-key = 证照没有绑定持有人的密钥。
    .now = { -now-issuer }
error-sd-jwt-no-key-binding = 出示没有证明来自持有人。
    .now = { -now-stop }
error-sd-jwt-no-such-claim = 证照里没有这一项。
    .now = { -now-report }
error-sd-jwt-not-for-us = 证照是给别人的。
    .now = { -now-stop }
error-sd-jwt-not-issuable = 这些内容无法签发。
    .now = { -now-report }
error-sd-jwt-not-yet-valid = 证照尚未生效。
    .now = { -now-clock }
error-sd-jwt-reserved-name = 有一项使用了保留的名称。
    .now = { -now-stop }
error-sd-jwt-too-deep = 证照嵌套过深。
    .now = { -now-stop }
error-sd-jwt-too-large = 证照超过允许的大小。
    .now = { -now-stop }
error-sd-jwt-too-many = 证照的部分过多。
    .now = { -now-stop }
error-sd-jwt-unexpected-key-binding = 需要的是证照，而不是一次出示。
    .now = { -now-otherfile }
error-sd-jwt-unknown-hash = 证照使用了未知的散列。
    .now = { -now-stop }
error-sd-jwt-unreferenced-disclosure = 有一项披露不属于这份证照。
    .now = { -now-stop }
error-sd-jwt-wrong-audience = 这次出示是给别人的。
    .now = { -now-stop }
error-sd-jwt-wrong-grant = 这次出示属于另一项授权。
    .now = { -now-stop }
error-sd-jwt-wrong-nonce = 这次出示是为另一个请求作出的。
    .now = { -now-stop }
error-sd-jwt-wrong-sd-hash = 出示在签名之后被改动过。
    .now = { -now-stop }
error-sd-jwt-wrong-type = 证照的类型与预期不符。
    .now = { -now-stop }

# text
error-text-bidi-control = 文字中有改变阅读方向的字符。
    .now = { -now-stop }
error-text-control-character = 文字中有控制字符。
    .now = { -now-stop }
error-text-empty = 必须有的文字是空的。
    .now = { -now-ask }
error-text-invisible-character = 文字中有看不见的字符。
    .now = { -now-stop }
error-text-too-long = 文字太长，无法显示。
    .now = { -now-ask }

# transcript
error-transcript-course = 成绩单中有一门课程不完整。
    .now = { -now-issuer }
error-transcript-fields = 成绩单没有应有的各项。
    .now = { -now-otherfile }
error-transcript-not-json = 文件不是 1 MiB 以内的正确 JSON。
    .now = { -now-otherfile }

# trust
error-trust-bad-dates = 名单上的日期互相矛盾。
    .now = { -now-list }
error-trust-bad-roles = 名单中有一项的角色不正确。
    .now = { -now-list }
error-trust-doubled-entry = 名单把同一张证书列了两次。
    .now = { -now-list }
error-trust-encryption-key-signs = 名单中的加密密钥同时也用于签名。
    .now = { -now-list }
error-trust-forked = 发布者用同一编号签了两份不同的名单。
    .now = { -now-stop }
error-trust-ids-disagree = 信任名单与证书给出的登记号码不同。
    .now = { -now-stop }
error-trust-looks-like-listed = 这个名称容易被当成名单上另一方的名称。
    .now = { -now-stop }
error-trust-names-disagree = 信任名单与证书给出的机构不同。
    .now = { -now-stop }
error-trust-not-a-list = 这不是信任名单。
    .now = { -now-otherfile }
error-trust-not-yet-issued = 名单的发布时间在未来。
    .now = { -now-clock }
error-trust-older = 这份名单比现有的更旧。
    .now = { -now-list }
error-trust-other-publisher = 名单不是由你接受的发布者签名的。
    .now = { -now-stop }
error-trust-other-role = 名单没有把对方列为这种角色。
    .now = { -now-stop }
error-trust-superseded = 这份名单比见过的更旧。
    .now = { -now-list }
error-trust-too-many = 信任名单过长。
    .now = { -now-list }
error-trust-unknown-version = 名单来自更新的版本。
    .now = { -now-update }

# vault
error-vault-bad-row = 空间中的一行被从外面改动过。
    .now = { -now-restore }
error-vault-cost-out-of-bounds = 口令强度参数超出范围。
    .now = { -now-choose }
error-vault-damaged = 空间的数据库已损坏。
    .now = { -now-restore }
error-vault-disk-full = 磁盘已满。
    .now = { -now-disk }
error-vault-erased = 内容已被删除。
    .now = { -now-choose }
error-vault-exists = 它已经存在。
    .now = { -now-choose }
error-vault-file-unavailable = 空间的一个文件无法使用。
    .now = { -now-disk }
error-vault-folder-not-empty = 文件夹不是空的。
    .now = { -now-choose }
error-vault-in-use = 空间已在别处打开。
    .now = { -now-close }
error-vault-internal = 保险库出错。
    .now = { -now-report }
error-vault-keystore-unavailable = 密钥库无法使用。
    .now = { -now-machine }
error-vault-last-slot = 不能移除打开空间的最后一种方式。
    .now = { -now-choose }
error-vault-locked = 空间已锁上。
    .now = { -now-secret }
error-vault-missing = 没有这一条。
    .now = { -now-choose }
error-vault-mistyped-recovery-code = 恢复码输入有误。
    .now = { -now-secret }
error-vault-newer-version = 空间由更新的版本写成。
    .now = { -now-update }
error-vault-no-platform-keystore = 这个平台没有密钥库。
    .now = { -now-secret }
error-vault-no-such-slot = 没有这种打开方式。
    .now = { -now-choose }
error-vault-not-a-space = 这个文件夹不是一个空间。
    .now = { -now-otherfile }
error-vault-random = 随机数来源失败。
    .now = { -now-machine }
error-vault-size-differs = 读取时文件发生了变化。
    .now = { -now-otherfile }
error-vault-space-damaged = space.json 的两份副本都已损坏。
    .now = { -now-restore }
error-vault-too-large = 文件过大。
    .now = { -now-otherfile }
error-vault-wrong-key = 密钥打不开这个空间。
    .now = { -now-secret }
error-vault-wrong-passphrase = 口令打不开这个空间。
    .now = { -now-secret }
error-vault-wrong-recovery-code = 恢复码打不开这个空间。
    .now = { -now-secret }
error-vault-wrong-state = 当前状态不适合这一步。
    .now = { -now-choose }

# x509
error-x509-anchor-not-authority = 信任锚不是机构的证书。
    .now = { -now-list }
error-x509-anchor-not-valid = 信任锚不在有效期内。
    .now = { -now-list }
error-x509-bad-name = 证书中的名称无法显示。
    .now = { -now-stop }
error-x509-bad-signature = 证书的签名不成立。
    .now = { -now-stop }
error-x509-critical-extension = 证书要求了未知的东西。
    .now = { -now-stop }
error-x509-expired = 证书已过期。
    .now = { -now-stop }
error-x509-issuer-not-authority = 证书由并非机构者签发。
    .now = { -now-stop }
error-x509-issuer-not-for-certificates = 机构的证书不能用来签发证书。
    .now = { -now-stop }
error-x509-leaf-is-anchor = 签名者的证书就是信任锚。
    .now = { -now-stop }
error-x509-leaf-is-authority = 签名者的证书是机构的证书。
    .now = { -now-stop }
error-x509-missing = 没有给出证书。
    .now = { -now-stop }
error-x509-name-not-allowed = 机构不可为这个名称担保。
    .now = { -now-stop }
error-x509-no-key-usage = 签名者的证书没有说明密钥用途。
    .now = { -now-stop }
error-x509-not-a-certificate = 这不是 X.509 证书。
    .now = { -now-stop }
error-x509-not-for-signing = 签名者的证书不能用于签名。
    .now = { -now-stop }
error-x509-not-yet-valid = 证书尚未生效。
    .now = { -now-clock }
error-x509-path-too-long = 证书链比机构允许的更长。
    .now = { -now-stop }
error-x509-self-signed = 签名者的证书只由自己担保。
    .now = { -now-stop }
error-x509-too-large = 证书过大。
    .now = { -now-stop }
error-x509-too-many = 证书过多。
    .now = { -now-stop }
error-x509-unknown-anchor = 这里信任的人都不为签名者担保。
    .now = { -now-list }
error-x509-wrong-algorithm = 证书用不接受的算法签名。
    .now = { -now-stop }
error-x509-wrong-key = 签名者的密钥不是 P-256。
    .now = { -now-stop }
error-x509-wrong-order = 证书没有按从签名者到锚的顺序排列。
    .now = { -now-stop }
