package chop.wallet

import org.junit.jupiter.api.Test

/** The sample over a relay that really serves: it checks its own outcome. */
class StoryTest {
    @Test
    fun `the resident's story`() =
        chop.sample.main(arrayOf(System.getProperty("chop.cli"), System.getProperty("chop.relay")))
}
