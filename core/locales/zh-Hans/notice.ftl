# 征求同意时显示的文字。变量 who、publisher、issuer 等由他人书写，已在代码中隔离。

# The page.
notice-title = { $who }请求查看你的资料
label-who = 谁在请求
label-known-by = 名称来自
known-by-list = 信任名单：{ $publisher }，{ $date }发布
known-by-certificate = 仅来自其证书（{ $authority }签发）；你的信任名单上没有它
label-says-of-itself = 它自称
label-warning = 请注意
only-before-them = 只有当你本人正站在{ $who }面前时才继续。这个码可能被人转发到别处。
from-another-device = 这个请求来自另一台设备，也可能来自很远的地方。只有当你面前 { $who } 的屏幕也显示 { $number } 时才继续。如果不是你自己发起的，请谢绝。

# What.
stated-by-holder = 持有人自述，没有签发机构的印章
from-issuer = 来自{ $issuer }
seal-valid = 印章有效；是否已被吊销未查
seal-status-checked = 印章有效；签发机构的名单显示未吊销
seal-status-other = 印章有效；签发机构的名单给出了自定的状态
seal-revoked = 已被签发机构吊销
seal-suspended = 已被签发机构暂停
seal-invalid = 印章无效
seal-cannot-check = 印章无法核验
mark-sensitive = 敏感
mark-optional = 可以不给

# Why, and what happens to it.
label-why = 为什么
in-scene = 场景：{ $scene }
label-necessity = 为何必要
label-impact = 对你可能的影响
label-actions = 会做什么
action-view = 查看
action-store = 保存
action-query = 据此查询
action-share = 转交给下列接收方
nothing-said = 没有说明
label-kept = 保留多久
kept-not = 看后不保留
kept-delete = { $days } 天，到期删除
kept-return = { $days } 天，到期归还
kept-anonymise = { $days } 天，到期匿名化
label-onward = 转交给谁
onward-nobody = 不转交给任何人
label-stored-in = 存放地
place-CN = 中国内地
place-HK = 香港
place-MO = 澳门
place-other = 其他地方
label-machine = 机器决定
machine-decides = 决定仅由机器作出。说明：{ $explained }

# Rights.
label-refusal = 如果你拒绝
refusal-nothing-said = 对方没有说明后果。你可以拒绝。
label-rights = 你的权利
rights = 查阅、复制、更正、删除、要求解释：{ $channel }
label-withdrawal = 撤回
withdrawal = 在密钥交出之前，可随时在本空间中撤回。之后无法从这里收回：已被看到或复制的内容不在掌控之中；如要反对或要求删除，请联系接收方。

# How often, until when.
label-uses = 可用次数
uses = { $uses } 次
label-until = 有效至
until-with-zone = { $until }（UTC+8）
when-today = 今天 { $time }
when-tomorrow = 明天 { $time }
when = { $date } { $time }
date = { $year }年{ $name }{ $day }日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

# The law, in words. Not legal advice.
label-blocked = 不允许
label-mind = 请考虑
label-rules = 规则
rules-not-advice = 规则包 { $pack } { $version }。这不是法律意见，也没有向任何机构申报。

# Consents that are acts of their own.
label-separate = 单独同意
separate-act = { $act }（{ $source }）
separate-act-unconfirmed = { $act }（{ $source }；依据尚未核实）
separate-sensitive = 我单独同意：{ $who }可以得到我的敏感资料（{ $class }）。
separate-cross-border = 我单独同意：我的资料（{ $what }）送到{ $place }的{ $who }，用于{ $why }，处理方式：{ $actions }；联系人：{ $contact }；在当地行使权利：{ $rights }。
class-ordinary = 儿童的个人资料
class-identity-number = 身份号码
class-health = 健康
class-biometric = 生物识别
class-private-life = 私人生活
class-unclassified = 未归类

# The sentence.
list-comma = 、
list-and = { $before }和{ $last }
and-more = 另外 { $more } 项
sentence-look = 允许{ $who }在{ $until } 前看一次你的{ $what }，用于{ $why }，{ $kept }。
sentence-store = 允许{ $who }在{ $until } 前看一次你的{ $what }并保存，用于{ $why }，{ $kept }。
sentence-share = 允许{ $who }在{ $until } 前看一次你的{ $what }并转交给所列各方，用于{ $why }，{ $kept }。
sentence-kept-not = 看后不保留
sentence-kept-delete = { $days } 天后删除
sentence-kept-return = { $days } 天后归还
sentence-kept-anonymise = { $days } 天后匿名化

# Whether data left, when something failed.
left-no = 没有任何资料离开。
left-sealed-only = 只显示过密封的内容；没有密钥，谁也读不了。
left-unknown = 资料可能已经离开：记录为“不明”。
