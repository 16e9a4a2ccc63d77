package chop.wallet

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runInterruptible

/**
 * Runs a step of the library off the caller's thread. Every call of this library blocks: it stretches
 * passphrases, writes durably and may ask a person for their finger.
 *
 * A cancelled coroutine does not tear a step: the step runs to its end and its result is dropped, so a
 * step that had an effect (a grant, a withdrawal) is found in the record afterwards.
 */
suspend fun <T> step(block: () -> T): T = runInterruptible(Dispatchers.IO) { block() }

/** [openSpace], off the caller's thread. */
suspend fun openSpaceAsync(folder: String, passphrase: String, keys: KeyPlace): Space =
    step { openSpace(folder, passphrase, keys) }

/** [createSpace], off the caller's thread. */
suspend fun createSpaceAsync(folder: String, new: NewSpace, passphrase: String, keys: KeyPlace): CreatedSpace =
    step { createSpace(folder, new, passphrase, keys) }

/** [Requests.grant], off the caller's thread. */
suspend fun Requests.grantAsync(consent: Consent): Outbound = step { grant(consent) }

/** [Grants.release], off the caller's thread. */
suspend fun Grants.releaseAsync(acknowledgement: String): Outbound = step { release(acknowledgement) }

/**
 * [Record.audit], off the caller's thread; [progress] is called there too. Cancelling the coroutine stops
 * the re-check.
 */
suspend fun Record.auditAsync(progress: (done: ULong, total: ULong) -> Boolean = { _, _ -> true }): Audit =
    cancellable { cancel ->
        audit(
            object : Progress {
                override fun goOn(done: ULong, total: ULong) = progress(done, total)
            },
            cancel,
        )
    }

/** [Offer.watch], off the caller's thread. Cancelling the coroutine ends the wait. */
suspend fun Offer.watchAsync(seconds: UInt): List<OfferNews> = cancellable { watch(seconds, it) }

/**
 * Runs long work off the caller's thread with a switch that is pressed when the coroutine is cancelled:
 * the work ends within a tenth of a second, wherever it can end untorn.
 */
suspend fun <T> cancellable(block: (Cancel) -> T): T = Cancel().use { cancel ->
    coroutineScope {
        val work = async(Dispatchers.IO) { block(cancel) }
        try {
            work.await()
        } catch (stopped: CancellationException) {
            cancel.cancel()
            throw stopped
        }
    }
}
