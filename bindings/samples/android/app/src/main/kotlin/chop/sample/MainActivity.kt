package chop.sample

import android.os.Bundle
import android.text.InputType
import android.view.WindowManager
import android.widget.Button
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import androidx.activity.ComponentActivity
import androidx.lifecycle.lifecycleScope
import chop.wallet.ChopException
import chop.wallet.KeyPlace
import chop.wallet.Language
import chop.wallet.NewSpace
import chop.wallet.Place
import chop.wallet.Space
import chop.wallet.SpaceType
import chop.wallet.createSpace
import chop.wallet.explain
import chop.wallet.openSpace
import chop.wallet.step
import kotlinx.coroutines.launch
import java.io.File

/** Opens the space of this phone, or makes it, and lists what is held. */
class MainActivity : ComponentActivity() {
    private lateinit var status: TextView

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        // Nothing of it in the task switcher or in a screenshot.
        window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
        val passphrase = EditText(this).apply {
            hint = getString(R.string.passphrase)
            inputType = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_PASSWORD
        }
        status = TextView(this)
        val open = Button(this).apply {
            text = getString(R.string.open)
            setOnClickListener { show(passphrase.text.toString()) }
        }
        setContentView(LinearLayout(this).apply {
            orientation = LinearLayout.VERTICAL
            setPadding(48, 96, 48, 48)
            addView(passphrase); addView(open); addView(status)
        })
    }

    private fun show(passphrase: String) = lifecycleScope.launch {
        status.text = getString(R.string.busy)
        status.text = try {
            val cards = step { space(passphrase).holdings().list(null, null, 50u) }
            if (cards.isEmpty()) getString(R.string.nothing_held) else cards.joinToString("\n") { it.title }
        } catch (failed: ChopException) {
            explain(failed, Language.ZH_HANT)?.run { "$what\n$now" } ?: failed.message
        }
    }

    private fun space(passphrase: String): Space {
        val folder = File(filesDir, "space")
        val keys = KeyPlace(File(filesDir, "keys").apply { mkdirs() }.path, AndroidKeys(applicationContext))
        if (folder.exists()) return openSpace(folder.path, passphrase, keys)
        // A real app shows the recovery code here, once, and asks the person to write it down.
        return createSpace(folder.path, NewSpace(SpaceType.PERSON, "phone", Place.HK), passphrase, keys).space
    }
}
