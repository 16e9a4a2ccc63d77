package chop.wallet

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** The resident's and the verifier's story, through the real native library. */
class WalkTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `the whole walk`() {
        val world = World(folder)
        val walked = world.walk()
        assertTrue(walked.outcome.isAccepted)
        assertEquals(setOf("summary", "transcript"), walked.data.credentials.map { it.query }.toSet())
        val exchange = world.resident.grants().exchange(walked.given)
        assertFalse(exchange.state.isOpen || exchange.isUnconfirmed)
        assertEquals(1uL, world.resident.grants().uses())
        runBlocking { assertEquals(listOf<AuditFlaw>(), world.resident.record().auditAsync { _, _ -> true }.flaws) }
        val pack = world.resident.record().prove(walked.given, true)
        assertTrue(checkProof(pack).isValid)
        pack[pack.size - 1] = (pack.last().toInt() xor 1).toByte()
        assertFalse(checkProof(pack).isValid)
    }

    @Test
    fun `what was taken is erased, what was agreed to is taken back`() {
        val world = World(folder)
        val given = world.walk().given
        val statement = world.hospital.desk().run { erase(kept().single().exchange).send() }
        assertEquals(Scanned.Erased, scan(statement))
        assertEquals(given, world.resident.grants().confirmErased(statement))
        val consents = world.resident.consents()
        assertEquals(WithdrawalReach.FROM_NOW_ON_ONLY, consents.withdraw(given, "", Language.ZH_HANS).reach)
        assertEquals("withdrawn", consents.list().single().state)
    }

    @Test
    fun `a request is answered once`() {
        val world = World(folder)
        val request = world.ask()
        val requests = world.resident.requests()
        requests.grant(requests.look(request).yes()).send()
        val refused = assertThrows<ChopException.Failed> { requests.look(request) }
        assertEquals("request.answered-before", refused.code)
        assertNotNull(explain(refused, Language.ZH_HANS))
    }

    @Test
    fun `nothing is granted without the separate consents`() {
        val world = World(folder)
        val prompt = world.resident.requests().look(world.ask())
        val page = prompt.page(prompt.picks(), listOf(), Language.EN)
        assertTrue(page.separate.isNotEmpty())
        val refused = assertThrows<ChopException.Failed> {
            prompt.answer(prompt.picks(), listOf(), prompt.agree(page.code, Language.EN))
        }
        assertEquals("consent.unsettled", refused.code)
        assertEquals(Left.NO, refused.left)
        prompt.decline()
    }

    /** Eight threads, one space, one request answered by all of them: exactly one grant. */
    @Test
    fun `one grant under a race`() {
        val world = World(folder)
        val request = world.ask()
        val requests = world.resident.requests()
        val consents = List(8) { requests.look(request).yes() }
        val pool = Executors.newFixedThreadPool(8)
        val outcomes = pool.invokeAll(consents.map { Callable { runCatching { requests.grant(it).send() } } }).map { it.get() }
        pool.shutdown()
        assertEquals(1, outcomes.count { it.isSuccess })
        assertEquals(1uL, world.resident.grants().uses())
        val codes = outcomes.mapNotNull { (it.exceptionOrNull() as? ChopException.Failed)?.code }
        assertEquals(List(7) { "request.answered-before" }, codes)
    }
}
