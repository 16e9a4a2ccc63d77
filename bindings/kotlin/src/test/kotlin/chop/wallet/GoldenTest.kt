package chop.wallet

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.security.MessageDigest
import kotlin.io.path.Path

/** The golden walk: the same bytes as in every other language. Needs a library with `testing`. */
class GoldenTest {
    @TempDir
    lateinit var folder: Path
    private val outputs = sortedMapOf<String, String>()

    @Test
    fun `the golden walk`() {
        val golden = ObjectMapper().readTree(Path("../golden/walk.json").toFile())
        replay(golden.get("now").asLong(), golden.get("inputs"))
        assertEquals(golden.get("outputs").properties().associate { it.key to it.value.asText() }.toSortedMap(), outputs)
    }

    private fun replay(now: Long, given: JsonNode) {
        val space = { name: String, kind: SpaceType, place: Place ->
            testingSpace(folder.resolve(name).toString(), NewSpace(kind, name, place), "golden $name", now)
        }
        val resident = space("resident", SpaceType.PERSON, Place.HK)
        val hospital = space("hospital", SpaceType.FIRM, Place.CN)
        outputs["hospital key"] = digest(listOf(hospital.desk().publicKey()))
        val credentials = listOf("summary", "transcript")
        for (name in credentials) outputs["$name key"] = digest(listOf(resident.holdings().makeCredentialKey()))
        hospital.desk().certify(certificates(given.text("hospital.pem")))
        for (one in listOf(resident, hospital)) one.trust().run { given.text("list").let { add(it, fingerprint(it)) } }
        for (name in credentials) {
            resident.holdings().importBytes("$name.sd-jwt", given.text(name).encodeToByteArray(), name)
        }

        val asked = send("request", hospital.desk().ask(given.text("query"), given.text("terms")))
        val consent = answer(resident.requests().look((scan(asked) as Scanned.Request).text))
        resident.reauthenticate("golden resident")
        val envelope = (scan(send("data", resident.requests().grant(consent))) as Scanned.Data).text
        val ack = (scan(send("acknowledgement", hospital.desk().claim(envelope))) as Scanned.Acknowledgement).text
        val taken = hospital.desk().accept(send("key", resident.grants().release(ack)))
        resident.grants().confirm(send("use", taken.answer))
        outputs["record"] = digest(resident.record().lines(100uL).map { "${it.index} ${it.kind} ${it.at}" })
    }

    private fun answer(prompt: Prompt): Consent {
        val picks = prompt.picks()
        val reasons = prompt.page(picks, listOf(), Language.EN).findings.filter { !it.blocks }.map { Override(it.rule, "known") }
        val page = prompt.page(picks, reasons, Language.EN)
        outputs["page"] = digest(listOf(page.code, page.sentence) + page.lines.map { "${it.kind}|${it.label}|${it.value}" })
        val act = prompt.agree(page.code, Language.EN)
        page.separate.forEach { act.consentTo(it) }
        return prompt.answer(picks, reasons, act)
    }

    private fun send(name: String, outbound: Outbound): List<String> =
        outbound.send().also { outputs[name] = digest(it) }

    private fun digest(texts: List<String>): String =
        MessageDigest.getInstance("SHA-256").digest(texts.joinToString("\n").encodeToByteArray())
            .joinToString("") { "%02x".format(it) }

    private fun JsonNode.text(name: String): String = get(name).asText()
}
