/**
 * A resident offers a hospital one look through a relay, and both can prove it. Read it from the top. The
 * test module runs it (`StoryTest`); outside of it:
 *
 *     java -cp … chop.sample.StoryKt target/debug/chop target/debug/chop-relay
 *
 * Everybody here is invented: certificate, credentials and trust list are made by `chop tool
 * demo-authority`, and the relay is a process of this story's own. Real ones are somebody else's.
 */
package chop.sample

import chop.wallet.Ask
import chop.wallet.KeyPlace
import chop.wallet.Language
import chop.wallet.Network
import chop.wallet.NewOffer
import chop.wallet.NewSpace
import chop.wallet.Offer
import chop.wallet.OfferNews
import chop.wallet.OfferTo
import chop.wallet.OfferWay
import chop.wallet.Override
import chop.wallet.Pick
import chop.wallet.Place
import chop.wallet.Prompt
import chop.wallet.Space
import chop.wallet.SpaceType
import chop.wallet.checkProof
import chop.wallet.createSpace
import chop.wallet.readQrPicture
import chop.wallet.step
import chop.wallet.watchAsync
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.net.ServerSocket
import java.net.Socket
import java.nio.file.Files
import java.nio.file.Path
import java.util.Base64
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

const val PASSPHRASE = "correct horse battery staple"

fun main(args: Array<String>) {
    val (chop, relayProgram) = args
    val home = Files.createTempDirectory("chop-story-")
    val keys = KeyPlace(Files.createDirectory(home.resolve("keys")).toString())

    // Two spaces. Each is a folder on disk that only its passphrase opens.
    val space = { name: String, kind: SpaceType, place: Place ->
        createSpace(home.resolve(name).toString(), NewSpace(kind, name, place), PASSPHRASE, keys).space
    }
    val resident = space("resident", SpaceType.PERSON, Place.HK)
    val hospital = space("hospital", SpaceType.FIRM, Place.CN)
    val demo = settle(chop, home, resident, hospital)
    val list = demo.resolve("demo.chop-trust").readText()

    val (relay, origin) = relay(relayProgram, home, list)
    try {
        // No other relay is ever called; this one may be on this machine, and without TLS.
        val network = Network(relays = listOf(origin), allowed = listOf(origin))
        val to = OfferTo.OfList(resident.trust().fingerprint(list), null)
        val (query, terms) = listOf("ask.json", "terms.json").map { demo.resolve(it).readText() }
        val offers = resident.offers(network)
        val prompt = offers.draft(NewOffer(query, terms, to, OfferWay.Live(byRule = false), origin, 10u))

        // Claims are picked by name; the offer is at the relay before there is a code to show.
        val offer = offers.make(prompt.agreeTo(prompt.everythingHeld(), resident))
        val code = home.resolve("code.png").apply { writeBytes(offer.png(600u)) }

        // The hospital scans it. Its side and hers go on at the same time, as on two machines.
        val scanned = readQrPicture(code.readBytes()).single()
        val takenUp = hospital.desk().claimOffer(scanned, Ask(query, terms), network)
        runBlocking {
            launch { while (takenUp.view().isOpen) takenUp.watchAsync(30u) }
            while (offer.view().isOpen) offer.watchAsync(30u).forEach { hears(it) }
        }
        println("it took ${takenUp.data().credentials.size} credentials; the offer is ${offer.view().state}")
        proves(resident, offer)
    } finally {
        relay.destroy()
    }
}

/** What a counter hands out: a certificate, two credentials, a list of whom to believe. */
private fun settle(chop: String, home: Path, resident: Space, hospital: Space): Path {
    val demo = home.resolve("demo")
    val jwk = { name: String, text: String -> home.resolve("$name.jwk").apply { writeText(text) }.toString() }
    run(
        chop, "tool", "demo-authority", "--into", demo.toString(),
        "--verifier-jwk", jwk("hospital", hospital.desk().publicKey()),
        "--holder-jwk", jwk("summary", resident.holdings().makeCredentialKey()),
        "--holder-jwk", jwk("transcript", resident.holdings().makeCredentialKey()),
    )
    val pem = demo.resolve("hospital.pem").readText().split("-----BEGIN CERTIFICATE-----").drop(1)
    hospital.desk().certify(pem.map { Base64.getMimeDecoder().decode(it.substringBefore("-----END")) })
    // A person compares the fingerprint with one from elsewhere before this line.
    val list = demo.resolve("demo.chop-trust").readText()
    for (side in listOf(resident, hospital)) side.trust().add(list, side.trust().fingerprint(list))
    for (name in listOf("summary", "transcript")) {
        val kept = resident.holdings().importFile(demo.resolve("$name.sd-jwt").toString(), name)
        println("kept ${kept.title}: ${kept.seal}")
    }
    return demo
}

/** A relay: it hands out once, and reads nothing. It lets in whom the demo authority certifies. */
private fun relay(program: String, home: Path, list: String): Pair<Process, String> {
    val content = String(Base64.getUrlDecoder().decode(list.split(".")[1]))
    val anchor = Regex("\"anchors\":\\[\"([^\"]+)").find(content)!!.groupValues[1]
    val authority = home.resolve("authority.pem")
    authority.writeText("-----BEGIN CERTIFICATE-----\n${anchor.chunked(64).joinToString("\n")}\n-----END CERTIFICATE-----\n")
    val port = ServerSocket(0).use { it.localPort }
    val origin = "http://localhost:$port"
    val settings = listOf("--key", home.resolve("relay.key").toString(), "--origin", origin)
    run(program, "key", "new", *settings.toTypedArray())
    val serve = listOf(program, "serve") + settings + listOf(
        "--listen", "127.0.0.1:$port", "--database", home.resolve("relay.db").toString(),
        "--authorities", authority.toString(), "--log", "error",
    )
    val process = ProcessBuilder(serve).redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start()
    while (runCatching { Socket("127.0.0.1", port).close() }.isFailure) {
        check(process.isAlive) { "the relay ended" }
        Thread.sleep(100)
    }
    return process to origin
}

/** Every claim that is held, by name: there is no "all". */
private fun Prompt.everythingHeld(): List<Pick> = asked().mapNotNull { asked ->
    asked.candidates.firstOrNull()?.let { Pick(asked.query, it.item, it.answers) }
}

/** Reads the page, answers its warnings, gives each separate consent as an act of its own. */
private fun Prompt.agreeTo(picks: List<Pick>, resident: Space) = run {
    val warnings = page(picks, listOf(), Language.EN).findings.filter { !it.blocks }
    val reasons = warnings.map { Override(it.rule, "I know this hospital") }
    val page = page(picks, reasons, Language.EN)
    println(page.sentence)
    val act = agree(page.code, Language.EN)
    page.separate.forEach { act.consentTo(it) }
    if (page.wantsPresence) resident.reauthenticate(PASSPHRASE)
    answer(picks, reasons, act)
}

/** She hears who it is, and says yes. Sealed data first, then a signed acknowledgement, then the key. */
private suspend fun hears(news: OfferNews) = when (news) {
    is OfferNews.Claimed -> {
        println("${news.claim.who().en} takes it up")
        step { news.claim.confirm() }
    }
    is OfferNews.Used -> println("the hospital signed for it: ${news.isAccepted}")
    else -> Unit
}

/** One file proves it to anybody, without the values. */
private fun proves(resident: Space, offer: Offer) {
    val pack = resident.record().prove(offer.id(), true)
    val verdict = checkProof(pack)
    println("proof of ${pack.size} bytes: valid ${verdict.isValid}")
    check(verdict.isValid && offer.view().state == "done")
}

private fun run(vararg call: String) {
    val process = ProcessBuilder(*call).redirectErrorStream(true).start()
    val said = process.inputStream.readAllBytes()
    check(process.waitFor() == 0) { String(said) }
}
