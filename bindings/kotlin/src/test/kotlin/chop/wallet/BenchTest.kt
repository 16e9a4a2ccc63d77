package chop.wallet

import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfSystemProperty
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.writeText

/**
 * The Kotlin side of `scripts/bench_bindings`, into a file: the median of one call in nanoseconds, or, where none
 * is to be timed, the KiB that the process grew by over many calls.
 */
@EnabledIfSystemProperty(named = "chop.bench", matches = ".+")
class BenchTest {
    private val folder: Path = Path(System.getProperty("chop.bench"))

    @Test
    fun `calls over the border`() {
        val space = openSpace(folder.resolve("space").toString(), PASSPHRASE, KeyPlace(folder.resolve("keys").toString()))
        val timed = Integer.getInteger("chop.bench.calls")
        val told = if (timed > 0) oneOf(space.holdings(), timed) else space.grownBy(Integer.getInteger("chop.bench.many"))
        folder.resolve("kotlin").writeText(told.toString())
    }

    private fun oneOf(holdings: Holdings, timed: Int): Long {
        repeat(timed) { holdings.list(null, null, 50u) }
        val took = List(timed) {
            val from = System.nanoTime()
            check(holdings.list(null, null, 50u).size == 50)
            System.nanoTime() - from
        }
        return took.sorted()[timed / 2]
    }
}
