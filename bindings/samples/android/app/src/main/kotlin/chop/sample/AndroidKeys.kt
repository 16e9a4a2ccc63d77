package chop.sample

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.UserNotAuthenticatedException
import android.util.Base64
import chop.wallet.DeviceKeyException
import chop.wallet.DeviceKeys
import chop.wallet.KeyUse
import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/**
 * Keys in Android Keystore: P-256, made there, used there, asked for with the person present within the
 * last minute. Anchors lie in the app's private preferences, which `allowBackup="false"` keeps out of
 * copies. Written against the platform's documentation; never run by the makers of this repository.
 */
class AndroidKeys(context: Context) : DeviceKeys {
    private val store = KeyStore.getInstance(STORE).apply { load(null) }
    private val anchors = context.getSharedPreferences("chop.anchors", Context.MODE_PRIVATE)

    override fun make(id: String, purpose: KeyUse): ByteArray = guarded {
        val spec = KeyGenParameterSpec.Builder(name(id), KeyProperties.PURPOSE_SIGN)
            .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
            .setDigests(KeyProperties.DIGEST_SHA256)
            .setUserAuthenticationRequired(true)
            .setUserAuthenticationParameters(60, KeyProperties.AUTH_BIOMETRIC_STRONG or KeyProperties.AUTH_DEVICE_CREDENTIAL)
            .build()
        val pair = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, STORE).run {
            initialize(spec)
            generateKeyPair()
        }
        point(pair.public as ECPublicKey)
    }

    override fun publicKey(id: String): ByteArray? = guarded {
        store.getCertificate(name(id))?.let { point(it.publicKey as ECPublicKey) }
    }

    override fun sign(id: String, message: ByteArray, reason: String): ByteArray = guarded {
        val key = store.getKey(name(id), null) as? PrivateKey ?: throw DeviceKeyException.NoSuchKey()
        Signature.getInstance("SHA256withECDSA").run { initSign(key); update(message); sign() }
    }

    override fun destroy(id: String) = guarded { store.deleteEntry(name(id)) }

    override fun anchor(name: String): ByteArray? =
        anchors.getString(name, null)?.let { Base64.decode(it, Base64.NO_WRAP) }

    override fun setAnchor(name: String, anchor: ByteArray) {
        val kept = anchors.edit().putString(name, Base64.encodeToString(anchor, Base64.NO_WRAP)).commit()
        if (!kept) throw DeviceKeyException.Unavailable()
    }

    private fun name(id: String) = "chop.$id"

    private fun <T> guarded(body: () -> T): T = try {
        body()
    } catch (gone: DeviceKeyException) {
        throw gone
    } catch (absent: UserNotAuthenticatedException) {
        throw DeviceKeyException.NotPresent()
    } catch (other: Exception) {
        throw DeviceKeyException.Unavailable()
    }

    private fun point(key: ECPublicKey): ByteArray =
        byteArrayOf(4) + key.w.affineX.thirtyTwo() + key.w.affineY.thirtyTwo()

    private fun BigInteger.thirtyTwo(): ByteArray {
        val bytes = toByteArray().dropWhile { it == 0.toByte() }.toByteArray()
        return ByteArray(32 - bytes.size) + bytes
    }

    private companion object {
        const val STORE = "AndroidKeyStore"
    }
}
