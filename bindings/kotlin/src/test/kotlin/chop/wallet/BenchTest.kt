package chop.wallet

import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfSystemProperty
import kotlin.io.path.Path
import kotlin.io.path.writeText

/** The Kotlin side of `scripts/bench_bindings`: one call, the median of many, in nanoseconds, into a file. */
@EnabledIfSystemProperty(named = "chop.bench", matches = ".+")
class BenchTest {
    @Test
    fun `list fifty cards`() {
        val folder = Path(System.getProperty("chop.bench"))
        val space = openSpace(folder.resolve("space").toString(), PASSPHRASE, KeyPlace(folder.resolve("keys").toString()))
        val holdings = space.holdings()
        val calls = System.getProperty("chop.bench.calls").toInt()
        repeat(calls) { holdings.list(null, null, 50u) }
        val took = List(calls) {
            val from = System.nanoTime()
            check(holdings.list(null, null, 50u).size == 50)
            System.nanoTime() - from
        }
        folder.resolve("kotlin").writeText(took.sorted()[calls / 2].toString())
    }
}
