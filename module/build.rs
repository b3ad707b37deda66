//! Gives the wasm module a stack of 8 MiB: with the default of 1 MiB, deep syntax trees overwrite memory before the browser's own limit ends them.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size=8388608");
    }
}
