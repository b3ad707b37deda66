//! The engine as a wasm module. It is a crate of its own because only what is built as nothing but a module is link-time optimised.
#![cfg(target_arch = "wasm32")]

pub use kommo_preflight::wasm::*;
