package chop.wallet

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.math.BigInteger
import java.nio.file.Path
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.ConcurrentHashMap

/** What Android Keystore does, by the JVM's own provider: the same calls, the same X9.62 signatures. */
class JvmKeys : DeviceKeys {
    private val keys = ConcurrentHashMap<String, KeyPair>()
    private val anchors = ConcurrentHashMap<String, ByteArray>()
    val signed: MutableSet<String> = ConcurrentHashMap.newKeySet()
    var fault: Exception? = null

    override fun make(id: String, purpose: KeyUse): ByteArray {
        fault?.let { throw it }
        val generator = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }
        return point(generator.generateKeyPair().also { keys[id] = it })
    }

    override fun publicKey(id: String): ByteArray? = keys[id]?.let(::point)

    override fun sign(id: String, message: ByteArray, reason: String): ByteArray {
        fault?.let { throw it }
        signed += reason
        val key = keys[id] ?: throw DeviceKeyException.NoSuchKey()
        return Signature.getInstance("SHA256withECDSA").run { initSign(key.private); update(message); sign() }
    }

    override fun destroy(id: String) {
        keys.remove(id)
    }

    override fun anchor(name: String): ByteArray? = anchors[name]

    override fun setAnchor(name: String, anchor: ByteArray) {
        anchors[name] = anchor
    }

    private fun point(pair: KeyPair): ByteArray {
        val w = (pair.public as ECPublicKey).w
        return byteArrayOf(4) + w.affineX.thirtyTwo() + w.affineY.thirtyTwo()
    }

    private fun BigInteger.thirtyTwo(): ByteArray {
        val bytes = toByteArray().dropWhile { it == 0.toByte() }.toByteArray()
        return ByteArray(32 - bytes.size) + bytes
    }
}

class DeviceKeysTest {
    @TempDir
    lateinit var folder: Path
    private val device = JvmKeys()

    @Test
    fun `the device signs the whole walk`() {
        val world = World(folder, device)
        assertTrue(world.walk().outcome.isAccepted)
        assertTrue(device.signed.containsAll(setOf("grant", "delivery", "presentation")))
        assertEquals(StandingOf.CURRENT, world.resident.standing())
    }

    @Test
    fun `a person who is not there`() = failsCleanly(DeviceKeyException.NotPresent())

    @Test
    fun `a store that throws`() = failsCleanly(IllegalStateException("the store is broken"))

    private fun failsCleanly(fault: Exception) {
        val world = World(folder, device)
        val consent = world.resident.requests().look(world.ask()).yes()
        device.fault = fault
        val failed = assertThrows<ChopException.Failed> { world.resident.requests().grant(consent) }
        assertEquals(Left.NO, failed.left)
        device.fault = null
        assertTrue(world.walk().outcome.isAccepted)
    }
}
