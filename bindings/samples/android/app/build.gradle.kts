plugins {
    id("com.android.application")
    kotlin("android")
}

android {
    namespace = "chop.sample"
    compileSdk = 36
    defaultConfig {
        applicationId = "invalid.chop.sample"
        minSdk = 28 // StrongBox and unlocked-device keys
        targetSdk = 36
        versionCode = 1
        versionName = "0.1"
        ndk { abiFilters += listOf("arm64-v8a", "x86_64") }
    }
    sourceSets["main"].apply {
        // `make bindings` wrote the first; the second is the library's own coroutine side.
        kotlin.srcDirs("../../../../target/bindings/kotlin", "../../../kotlin/src/main/kotlin")
        // cargo ndk -t arm64-v8a -t x86_64 -o target/bindings/jniLibs rustc --profile shipped -p chop-bindings --lib --crate-type cdylib
        jniLibs.srcDirs("../../../../target/bindings/jniLibs")
    }
}

kotlin { jvmToolchain(17) }

dependencies {
    implementation("net.java.dev.jna:jna:5.17.0@aar")
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.10.2")
    implementation("androidx.activity:activity-ktx:1.11.0")
}
