//! `serve` and `demo`: the site, the schedule and the delivery in one process.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use anyhow::Context as _;
use serde::Serialize;

use super::{Ended, arguments::Shared, output};
use crate::{
    app::App,
    clock::Clock,
    config::{Config, SecondFactorRule},
    jobs,
    service::{demo, outbox, privacy, search, sign_in, targets},
    web,
};

/// `serve`.
pub(super) async fn serve(config: Config) -> anyhow::Result<Ended> {
    let app = Arc::new(App::open(config, Clock::System).await?);
    run(app).await
}

async fn run(app: Arc<App>) -> anyhow::Result<Ended> {
    let listener = tokio::net::TcpListener::bind(app.config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", app.config.listen))?;
    if app.config.smtp_url.is_none() {
        eprintln!(
            "samhandla: no SMTP server is set, mails land in the local mailbox at {}/brevlada",
            app.config.base_url()
        );
    }
    // A database put back from a backup may know whom it had forgotten.
    privacy::replay(&app).await?;
    outbox::reclaim(&app).await?;
    search::follow(&app).await?;
    let heart = jobs::Heart::start(Arc::clone(&app)).await?;
    let first = Arc::clone(&app);
    // No visitor waits for a large ledger to be read.
    tokio::spawn(async move { targets::current(&first).await.inspect_err(|error| tracing::warn!(%error, "figures")) });
    eprintln!("samhandla: serving {}", app.config.base_url());
    // Who asks is known by the address, so that nobody can try codes without end.
    let site = web::router(Arc::clone(&app)).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, site).with_graceful_shutdown(told_to_stop()).await?;
    heart.stop().await;
    Ok(Ended::Done)
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupted.await;
        return;
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}

#[derive(Serialize)]
struct Shown {
    asf: u64,
    needs: u64,
    lots: u64,
    pairings: u64,
    messages: u64,
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    role: &'static str,
    email: String,
    url: String,
}

/// `demo`.
pub(super) async fn demo(shared: Shared, port: u16, no_serve: bool) -> anyhow::Result<Ended> {
    let format = shared.format;
    let data = shared.data.clone().unwrap_or_else(|| PathBuf::from("./data/demo"));
    demo::clear(&data).context("clear the demo's data directory")?;
    let shared = Shared { data: Some(data), ..shared };
    let mut config = super::load(&shared, Some(SocketAddr::from(([127, 0, 0, 1], port))))?;
    // A demo asks nobody.
    config.ted_url = String::new();
    // Its links open at once; nobody but this machine reaches it.
    config.second_factor = SecondFactorRule::Off;
    let app = Arc::new(App::open(config, Clock::System).await?);
    let counts = demo::fill(&app).await.context("fill the demo")?;
    let mut links = Vec::new();
    for (role, email) in demo::people(&app).await? {
        links.push(Link {
            role: role.as_str(),
            url: sign_in::link_for(&app, &email, role).await?,
            email: email.to_string(),
        });
    }
    let shown = Shown {
        asf: counts.asf,
        needs: counts.needs,
        lots: counts.lots,
        pairings: counts.pairings,
        messages: counts.messages,
        links,
    };
    output::print(format, &shown, || text(&shown, &app.config.base_url()))?;
    if no_serve { Ok(Ended::Done) } else { run(app).await }
}

fn text(shown: &Shown, base_url: &str) -> String {
    let mut lines = vec![
        format!(
            "{} ASF, {} needs with {} lots, {} pairings, {} messages in the mailbox",
            shown.asf, shown.needs, shown.lots, shown.pairings, shown.messages
        ),
        format!("Site: {base_url}"),
        "Sign-in links, each works once within ten minutes, here without the second factor that `serve` asks for:"
            .to_owned(),
    ];
    lines.extend(shown.links.iter().map(|link| format!("  {:<12} {}  ({})", link.role, link.url, link.email)));
    lines.join("\n")
}
