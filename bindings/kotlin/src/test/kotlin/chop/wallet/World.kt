package chop.wallet

import java.nio.file.Files
import java.nio.file.Path
import java.util.Base64
import kotlin.io.path.readText
import kotlin.io.path.writeText

const val PASSPHRASE = "correct horse battery staple"

/**
 * A resident in Hong Kong and a hospital in Shenzhen, each with a space on disk. Certificates,
 * credentials and the trust list come from `chop tool demo-authority`: invented, made on the spot.
 */
class World(val folder: Path, device: DeviceKeys? = null, deviceSeconds: UInt = 120u) {
    private val keys = KeyPlace(Files.createDirectories(folder.resolve("keys")).toString())
    val deviceKeys = keys.copy(device = device, deviceSeconds = deviceSeconds)
    val resident: Space = create("resident", SpaceType.PERSON, Place.HK, deviceKeys)
    val hospital: Space = create("hospital", SpaceType.FIRM, Place.CN, keys)
    val demo: Path = settle()
    val query: String = demo.resolve("ask.json").readText()
    val terms: String = demo.resolve("terms.json").readText()

    fun open(name: String): Space = openSpace(folder.resolve(name).toString(), PASSPHRASE, deviceKeys)

    private fun create(name: String, kind: SpaceType, place: Place, keys: KeyPlace): Space =
        createSpace(folder.resolve(name).toString(), NewSpace(kind, name, place), PASSPHRASE, keys).space

    private fun settle(): Path {
        val demo = folder.resolve("demo")
        val jwk = { name: String, text: String -> folder.resolve("$name.jwk").also { it.writeText(text) }.toString() }
        val call = mutableListOf(
            System.getProperty("chop.cli"), "tool", "demo-authority", "--into", demo.toString(),
            "--verifier-jwk", jwk("hospital", hospital.desk().publicKey()),
        )
        for (name in listOf("summary", "transcript")) {
            call += listOf("--holder-jwk", jwk(name, resident.holdings().makeCredentialKey()))
        }
        check(ProcessBuilder(call).redirectErrorStream(true).start().run { inputStream.readAllBytes(); waitFor() } == 0)
        hospital.desk().certify(certificates(demo.resolve("hospital.pem").readText()))
        val list = demo.resolve("demo.chop-trust").readText()
        for (space in listOf(resident, hospital)) space.trust().run { add(list, fingerprint(list)) }
        for (name in listOf("summary", "transcript")) {
            resident.holdings().importFile(demo.resolve("$name.sd-jwt").toString(), name)
        }
        resident.reauthenticate(PASSPHRASE)
        return demo
    }
}

fun certificates(pem: String): List<ByteArray> =
    pem.split("-----BEGIN CERTIFICATE-----").drop(1)
        .map { Base64.getMimeDecoder().decode(it.substringBefore("-----END")) }

/** Shows the codes and says so. */
fun Outbound.send(): List<String> = frames().also { shown() }

/** Every claim that is held, by name: there is no "all". */
fun Prompt.picks(): List<Pick> = asked().mapNotNull { asked ->
    asked.candidates.firstOrNull()?.let { Pick(asked.query, it.item, it.answers) }
}

/** Reads the page, answers its warnings, gives each separate consent as an act of its own. */
fun Prompt.yes(language: Language = Language.ZH_HANT, picks: List<Pick> = picks()): Consent {
    val reasons = page(picks, listOf(), language).findings.filter { !it.blocks }
        .map { Override(it.rule, "I know this hospital") }
    val page = page(picks, reasons, language)
    val act = agree(page.code, language)
    page.separate.forEach { act.consentTo(it) }
    return answer(picks, reasons, act)
}

fun World.ask(): String = (scan(hospital.desk().ask(query, terms).send()) as Scanned.Request).text

class Walked(val data: TakenData, val given: String, val outcome: Confirmation)

/** Request, data, acknowledgement, key, outcome. */
fun World.walk(): Walked {
    resident.reauthenticate(PASSPHRASE)
    val outbound = resident.requests().run { grant(look(ask()).yes()) }
    val given = outbound.exchange()
    val envelope = (scan(outbound.send()) as Scanned.Data).text
    val acknowledgement = (scan(hospital.desk().claim(envelope).send()) as Scanned.Acknowledgement).text
    val taken = hospital.desk().accept(resident.grants().release(acknowledgement).send())
    val outcome = resident.grants().confirm(taken.answer.send())
    return Walked(checkNotNull(taken.data), given, outcome)
}
