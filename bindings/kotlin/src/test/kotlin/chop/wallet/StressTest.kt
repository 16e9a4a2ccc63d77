package chop.wallet

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import kotlin.io.path.Path
import kotlin.io.path.readText

/** Many threads, many calls, foreign code that misbehaves: nothing is torn, nothing is kept. */
class StressTest {
    @TempDir
    lateinit var folder: Path

    /** Sixteen threads read, write and are asked in one space at once; then it is re-checked. */
    @Test
    fun `one space under sixteen threads`() {
        val world = World(folder)
        val space = world.resident
        val pool = Executors.newFixedThreadPool(16)
        val work = List(16) { number ->
            Callable {
                repeat(6) { round ->
                    when (number % 4) {
                        0 -> space.holdings().importBytes("$number-$round.txt", "note".encodeToByteArray(), "jotting $number $round")
                        1 -> assertTrue(space.holdings().list(null, null, 50u).isNotEmpty())
                        2 -> assertTrue(space.record().lines(20uL).isNotEmpty())
                        else -> space.requests().look(world.ask()).run { page(picks(), listOf(), Language.PT) }
                    }
                }
            }
        }
        pool.invokeAll(work).forEach { it.get() }
        pool.shutdown()
        assertEquals(24, space.holdings().search("jotting", 100u).size)
        assertEquals(listOf<AuditFlaw>(), space.record().audit().flaws)
    }

    @Test
    fun `a store that calls back in`() {
        val device = object : JvmKeysOpen() {
            var space: Space? = null
            override fun before() {
                space?.run { holdings().list(null, null, 5u); record().lines(3uL) }
            }
        }
        val world = World(folder, device)
        device.space = world.resident
        assertTrue(world.walk().outcome.isAccepted)
    }

    @Test
    fun `a store that hangs`() {
        val hold = CountDownLatch(1)
        val device = object : JvmKeysOpen() {
            var hangs = false
            override fun before() {
                if (hangs) hold.await()
            }
        }
        val world = World(folder, device, 1u)
        val consent = world.resident.requests().look(world.ask()).yes()
        device.hangs = true
        assertEquals(Left.NO, assertThrows<ChopException.Failed> { world.resident.requests().grant(consent) }.left)
        assertTrue(world.resident.holdings().list(null, null, 5u).isNotEmpty())
        device.hangs = false
        hold.countDown()
        assertTrue(world.walk().outcome.isAccepted)
    }

    /** A progress callback that throws stops the work; a cancelled coroutine presses the switch. */
    @Test
    fun `callbacks and cancellation`() = runBlocking {
        val space = World(folder).resident
        val failed = assertThrows<ChopException.Failed> {
            space.record().audit(object : Progress {
                override fun goOn(done: ULong, total: ULong): Boolean = error("the screen is gone")
            })
        }
        assertEquals("border.callback-failed", failed.code)
        var wasStopped = false
        val job = launch {
            try {
                cancellable { cancel -> while (!cancel.isCancelled()) Thread.sleep(10) }
            } catch (stopped: CancellationException) {
                wasStopped = true
                throw stopped
            }
        }
        delay(100)
        job.cancel()
        job.join()
        assertTrue(wasStopped)
    }

    /** What the process holds after 100,000 calls is what it held after the first ten thousand. */
    @Test
    fun `nothing leaks over 100,000 calls`() {
        val space = World(folder).resident
        val grown = space.grownBy(100_000)
        println("100,000 calls from Kotlin: the process grew by $grown KiB")
        assertTrue(grown < 24 * 1024) { "$grown KiB" }
    }
}

/** The KiB that the process holds more after so many calls, once a fifth as many have warmed it up. */
fun Space.grownBy(count: Int): Long {
    manyCalls(count / 5)
    val before = residentKilobytes()
    manyCalls(count)
    return maxOf(residentKilobytes() - before, 0)
}

/** Records, objects, errors and texts over the border; one call in fifty reads the space. */
private fun Space.manyCalls(count: Int) {
    repeat(count / 5) { number ->
        holdings().use { if (number % 10 == 0) it.list(null, null, 5u) }
        runCatching { scan(listOf("CHOP1:junk")) }
        label()
        Cancel().use { it.isCancelled() }
    }
    System.gc()
}

private fun residentKilobytes(): Long =
    Path("/proc/self/status").readText().lines().first { it.startsWith("VmRSS") }.filter { it.isDigit() }.toLong()

/** [JvmKeys] with something to do before each call. */
abstract class JvmKeysOpen : DeviceKeys {
    private val keys = JvmKeys()

    abstract fun before()

    override fun make(id: String, purpose: KeyUse) = before().let { keys.make(id, purpose) }
    override fun publicKey(id: String) = before().let { keys.publicKey(id) }
    override fun sign(id: String, message: ByteArray, reason: String) = before().let { keys.sign(id, message, reason) }
    override fun destroy(id: String) = before().let { keys.destroy(id) }
    override fun anchor(name: String) = before().let { keys.anchor(name) }
    override fun setAnchor(name: String, anchor: ByteArray) = before().let { keys.setAnchor(name, anchor) }
}
