//! Bare axum: takes posts and answers them with nothing.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use axum::Router;
use axum::routing::post;
use tokio::net::TcpListener;

/// Serves on a free port, which it prints, until its input ends: a process of its own, as a relay is.
pub(crate) fn serve() -> ExitCode {
    let Ok(runtime) = tokio::runtime::Runtime::new() else { return ExitCode::FAILURE };
    let served = runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        std::io::stdout().write_all(format!("{port}\n").as_bytes())?;
        std::thread::spawn(|| {
            let _ = std::io::stdin().read(&mut [0]);
            std::process::exit(0);
        });
        axum::serve(listener, Router::new().route("/", post(async || {}))).await
    });
    if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
