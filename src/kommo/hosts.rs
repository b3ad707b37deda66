//! Hosts that code and styles are loaded from: the checklist's own lists, Kommo's hosts, and others that are well known.

use crate::syntax::has_hole;

/// How the checklist sees a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The checklist advises it.
    Advised,
    /// Kommo's own.
    Kommo,
    /// The checklist allows it, and Kommo checks each library.
    Checked,
    /// A well-known host of public libraries that the checklist does not name.
    Library,
    /// A well-known service that is used through a script of its own.
    Service,
}

/// A known host.
#[derive(Clone, Copy, Debug)]
pub struct Host {
    /// The host; with a leading dot, the domain and everything below it.
    pattern: &'static str,
    /// How the checklist sees it.
    pub standing: Standing,
    /// What people call it.
    pub name: &'static str,
}

const fn host(standing: Standing, pattern: &'static str, name: &'static str) -> Host {
    Host { pattern, standing, name }
}

use Standing::{Advised, Checked, Kommo, Library, Service};

/// Every known host; the first that fits counts.
static HOSTS: &[Host] = &[
    host(Advised, "code.jquery.com", "the jQuery CDN"),
    host(Advised, ".yastatic.net", "Yandex's hosted libraries"),
    host(Advised, "yandex.st", "Yandex's hosted libraries"),
    host(Advised, "ajax.googleapis.com", "Google Hosted Libraries"),
    host(Advised, "ajax.aspnetcdn.com", "the Microsoft Ajax CDN"),
    host(Advised, "ajax.microsoft.com", "the Microsoft Ajax CDN"),
    host(Kommo, ".kommo.com", "Kommo"),
    host(Kommo, ".amocrm.com", "Kommo"),
    host(Kommo, ".amocrm.ru", "amoCRM"),
    host(Kommo, ".amocrm.com.kz", "amoCRM"),
    host(Checked, ".pagecdn.com", "PageCDN"),
    host(Checked, ".pagecdn.io", "PageCDN"),
    host(Checked, ".jsdelivr.net", "jsDelivr"),
    host(Checked, ".jsdelivr.com", "jsDelivr"),
    host(Checked, "cdnjs.cloudflare.com", "cdnjs"),
    host(Checked, ".cdnjs.com", "cdnjs"),
    host(Library, ".jquery.com", "jQuery"),
    host(Library, "unpkg.com", "unpkg"),
    host(Library, "esm.sh", "esm.sh"),
    host(Library, "esm.run", "esm.run"),
    host(Library, ".skypack.dev", "Skypack"),
    host(Library, ".jspm.io", "JSPM"),
    host(Library, ".jspm.dev", "JSPM"),
    host(Library, ".bootstrapcdn.com", "BootstrapCDN"),
    host(Library, ".bootcdn.net", "BootCDN"),
    host(Library, ".bootcss.com", "BootCDN"),
    host(Library, ".staticfile.org", "Staticfile"),
    host(Library, ".staticfile.net", "Staticfile"),
    host(Library, "lib.baomitu.com", "Baomitu"),
    host(Library, ".fontawesome.com", "Font Awesome"),
    host(Library, ".datatables.net", "DataTables"),
    host(Library, "cdn.quilljs.com", "Quill"),
    host(Library, "cdn.tiny.cloud", "TinyMCE"),
    host(Library, "cdn.tinymce.com", "TinyMCE"),
    host(Library, "cdn.ckeditor.com", "CKEditor"),
    host(Library, "cdn.plot.ly", "Plotly"),
    host(Library, "d3js.org", "D3"),
    host(Library, ".highcharts.com", "Highcharts"),
    host(Library, "www.gstatic.cn", "Google"),
    host(Library, "cdn.amcharts.com", "amCharts"),
    host(Library, "cdn.socket.io", "Socket.IO"),
    host(Library, "cdn.tailwindcss.com", "Tailwind"),
    host(Library, "cdn.rawgit.com", "RawGit"),
    host(Library, ".polyfill.io", "polyfill.io"),
    host(Library, "momentjs.com", "Moment"),
    host(Library, "underscorejs.org", "Underscore"),
    host(Library, "backbonejs.org", "Backbone"),
    host(Library, "requirejs.org", "RequireJS"),
    host(Library, ".opencdn.com", "OpenCDN"),
    host(Library, "cdn.statically.io", "Statically"),
    host(Library, "cdn.pika.dev", "Pika"),
    host(Library, "polyfill-fastly.io", "polyfill.io"),
    host(Library, "vjs.zencdn.net", "Video.js"),
    host(Library, "cdn.anychart.com", "AnyChart"),
    host(Library, "kendo.cdn.telerik.com", "Kendo UI"),
    host(Library, "cdn.syncfusion.com", "Syncfusion"),
    host(Library, "cdn.mathjax.org", "MathJax"),
    host(Library, "aframe.io", "A-Frame"),
    host(Service, "fonts.googleapis.com", "Google Fonts"),
    host(Service, "fonts.gstatic.com", "Google Fonts"),
    host(Service, "fonts.bunny.net", "Bunny Fonts"),
    host(Service, ".typekit.net", "Adobe Fonts"),
    host(Service, "maps.googleapis.com", "Google Maps"),
    host(Service, "maps.google.com", "Google Maps"),
    host(Service, "apis.google.com", "Google"),
    host(Service, "accounts.google.com", "Google sign-in"),
    host(Service, "pay.google.com", "Google Pay"),
    host(Service, "www.google.com", "Google"),
    host(Service, ".gstatic.com", "Google"),
    host(Service, "www.recaptcha.net", "reCAPTCHA"),
    host(Service, ".googletagmanager.com", "Google Tag Manager"),
    host(Service, ".google-analytics.com", "Google Analytics"),
    host(Service, "www.youtube.com", "YouTube"),
    host(Service, "player.vimeo.com", "Vimeo"),
    host(Service, "connect.facebook.net", "Facebook"),
    host(Service, "platform.instagram.com", "Instagram"),
    host(Service, "www.instagram.com", "Instagram"),
    host(Service, "platform.twitter.com", "Twitter"),
    host(Service, "platform.linkedin.com", "LinkedIn"),
    host(Service, "telegram.org", "Telegram"),
    host(Service, "vk.com", "VK"),
    host(Service, "api-maps.yandex.ru", "Yandex Maps"),
    host(Service, "mc.yandex.ru", "Yandex Metrica"),
    host(Service, "js.api.here.com", "HERE Maps"),
    host(Service, "api.mapbox.com", "Mapbox"),
    host(Service, "api.tiles.mapbox.com", "Mapbox"),
    host(Service, "maps.api.2gis.ru", "2GIS"),
    host(Service, "js.stripe.com", "Stripe"),
    host(Service, "checkout.stripe.com", "Stripe"),
    host(Service, "www.paypal.com", "PayPal"),
    host(Service, "www.paypalobjects.com", "PayPal"),
    host(Service, "js.braintreegateway.com", "Braintree"),
    host(Service, "checkout.razorpay.com", "Razorpay"),
    host(Service, "sdk.mercadopago.com", "Mercado Pago"),
    host(Service, "secure.mlstatic.com", "Mercado Pago"),
    host(Service, "cdn.paddle.com", "Paddle"),
    host(Service, "applepay.cdn-apple.com", "Apple Pay"),
    host(Service, "appleid.cdn-apple.com", "Apple sign-in"),
    host(Service, "js.pusher.com", "Pusher"),
    host(Service, "cdn.pubnub.com", "PubNub"),
    host(Service, "cdn.ably.com", "Ably"),
    host(Service, "cdn.ably.io", "Ably"),
    host(Service, "sdk.twilio.com", "Twilio"),
    host(Service, "media.twiliocdn.com", "Twilio"),
    host(Service, "static.opentok.com", "Vonage Video"),
    host(Service, "cdn.voximplant.com", "Voximplant"),
    host(Service, "source.zoom.us", "Zoom"),
    host(Service, "meet.jit.si", "Jitsi Meet"),
    host(Service, "8x8.vc", "Jitsi Meet"),
    host(Service, "assets.calendly.com", "Calendly"),
    host(Service, "embed.typeform.com", "Typeform"),
    host(Service, "widget.intercom.io", "Intercom"),
    host(Service, "js.intercomcdn.com", "Intercom"),
    host(Service, "static.zdassets.com", "Zendesk"),
    host(Service, "embed.tawk.to", "tawk.to"),
    host(Service, "code.jivosite.com", "JivoChat"),
    host(Service, "code.jivo.ru", "JivoChat"),
    host(Service, "client.crisp.chat", "Crisp"),
    host(Service, "cdn.livechatinc.com", "LiveChat"),
    host(Service, "js.hs-scripts.com", "HubSpot"),
    host(Service, "js.hsforms.net", "HubSpot"),
    host(Service, "cdn.segment.com", "Segment"),
    host(Service, "cdn.amplitude.com", "Amplitude"),
    host(Service, "cdn.mxpnl.com", "Mixpanel"),
    host(Service, "cdn.onesignal.com", "OneSignal"),
    host(Service, "cdn.auth0.com", "Auth0"),
    host(Service, "alcdn.msauth.net", "Microsoft sign-in"),
    host(Service, "alcdn.msftauth.net", "Microsoft sign-in"),
    host(Service, "js.live.net", "OneDrive"),
    host(Service, "www.dropbox.com", "Dropbox"),
    host(Service, "app.box.com", "Box"),
    host(Service, "cdn.withpersona.com", "Persona"),
    host(Service, "browser.sentry-cdn.com", "Sentry"),
    host(Service, "js.sentry-cdn.com", "Sentry"),
    host(Service, "cdn.rollbar.com", "Rollbar"),
    host(Service, "static.hotjar.com", "Hotjar"),
    host(Service, "script.hotjar.com", "Hotjar"),
    host(Service, "www.clarity.ms", "Microsoft Clarity"),
    host(Service, "cdn.logrocket.io", "LogRocket"),
    host(Service, "sdk.amazonaws.com", "AWS"),
    host(Service, "widget.cloudinary.com", "Cloudinary"),
    host(Service, "upload-widget.cloudinary.com", "Cloudinary"),
    host(Service, "ucarecdn.com", "Uploadcare"),
    host(Service, "js.hcaptcha.com", "hCaptcha"),
    host(Service, "challenges.cloudflare.com", "Cloudflare Turnstile"),
    host(Service, "static.cloudflareinsights.com", "Cloudflare"),
    host(Service, "cdn.docusign.net", "DocuSign"),
    host(Service, "static.wootric.com", "Wootric"),
    host(Service, "js-agent.newrelic.com", "New Relic"),
    host(Service, "www.datadoghq-browser-agent.com", "Datadog"),
    host(Service, "cdn.heapanalytics.com", "Heap"),
    host(Service, "cdn.plaid.com", "Plaid"),
    host(Service, "js.chargebee.com", "Chargebee"),
    host(Service, "stc.pagseguro.uol.com.br", "PagSeguro"),
    host(Service, "assets.pagar.me", "Pagar.me"),
    host(Service, "checkout.culqi.com", "Culqi"),
    host(Service, "wchat.freshchat.com", "Freshchat"),
    host(Service, "static.klaviyo.com", "Klaviyo"),
    host(Service, "chimpstatic.com", "Mailchimp"),
    host(Service, "cdn.jotfor.ms", "Jotform"),
    host(Service, "fast.wistia.com", "Wistia"),
    host(Service, "cdn.weglot.com", "Weglot"),
    host(Service, "snap.licdn.com", "LinkedIn"),
    host(Service, "analytics.tiktok.com", "TikTok"),
    host(Service, "bat.bing.com", "Microsoft Advertising"),
    host(Service, "cdn.agora.io", "Agora"),
    host(Service, "download.agora.io", "Agora"),
];

/// The names of those who run listed hosts: nobody else's domain has a reason to hold them.
const BRANDS: [(&str, &str); 8] = [
    ("jsdelivr", "cdn.jsdelivr.net"),
    ("cdnjs", "cdnjs.cloudflare.com"),
    ("googleapis", "ajax.googleapis.com"),
    ("aspnetcdn", "ajax.aspnetcdn.com"),
    ("yastatic", "yastatic.net"),
    ("pagecdn", "pagecdn.com"),
    ("jquery", "code.jquery.com"),
    ("unpkg", "unpkg.com"),
];

/// The known host that `name` (in any case) is or lies below.
#[must_use]
pub fn known(name: &str) -> Option<&'static Host> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    HOSTS.iter().find(|host| match host.pattern.strip_prefix('.') {
        Some(domain) => name == domain || name.ends_with(host.pattern),
        None => name == host.pattern,
    })
}

/// The listed host that an unknown one looks like: a letter or two apart, or the same name below another domain.
#[must_use]
pub fn imitated(name: &str) -> Option<&'static str> {
    const LONGEST: usize = 253;
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    if name.len() > LONGEST || known(&name).is_some() || is_local(&name) {
        return None;
    }
    let brand = BRANDS.iter().find(|(brand, _)| name.split(['.', '-']).any(|word| resembles(word, brand))).map(|(_, host)| *host);
    let listed = HOSTS.iter().filter(|host| matches!(host.standing, Advised | Checked));
    brand.or_else(|| {
        listed.map(|host| host.pattern.trim_start_matches('.')).find(|host| (1..=2).contains(&strsim::osa_distance(&name, host)))
    })
}

/// Whether `word` is `brand`, or a slip of it; a short brand leaves no room for slips.
fn resembles(word: &str, brand: &str) -> bool {
    let slips = if brand.len() > 8 { 2 } else { 1 };
    word == brand || (brand.len() > 5 && word.len() > 5 && strsim::osa_distance(word, brand) <= slips)
}

/// Whether a host is the developer's own machine or network: a leftover of development rather than a place to load from.
#[must_use]
pub fn is_local(name: &str) -> bool {
    let name = name.trim_start_matches('[').trim_end_matches(['.', ']']).to_ascii_lowercase();
    if let Ok(address) = name.parse::<std::net::Ipv4Addr>() {
        return address.is_loopback() || address.is_private() || address.is_unspecified() || address.is_link_local();
    }
    if let Ok(address) = name.parse::<std::net::Ipv6Addr>() {
        return address.is_loopback() || address.is_unspecified() || address.is_unique_local() || address.is_unicast_link_local();
    }
    ["localhost", "local", "test"].contains(&name.rsplit('.').next().unwrap_or_default())
}

/// Ends of hosts that lead through a tunnel to somebody's machine, or to a service that shows requests. Hosting that people also use
/// for what they publish is not among them.
const TUNNELS: [&str; 20] = [
    ".beeceptor.com",
    ".devtunnels.ms",
    ".lhr.life",
    ".loca.lt",
    ".localhost.run",
    ".localtunnel.me",
    ".loclx.io",
    ".ngrok.app",
    ".ngrok.dev",
    ".ngrok.io",
    ".ngrok.pizza",
    ".ngrok-free.app",
    ".ngrok-free.dev",
    ".ngrok-free.pizza",
    ".requestbin.com",
    ".serveo.net",
    ".share.zrok.io",
    ".shares.zrok.io",
    ".trycloudflare.com",
    "webhook.site",
];

/// Whether a host leads through a tunnel to somebody's machine, or to a service that shows requests.
#[must_use]
pub fn is_tunnel(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    TUNNELS.iter().any(|end| name.ends_with(end)) || name.starts_with("ngrok.")
}

/// Domains that are reserved for examples, and those that stand in every template: with all that lies below them.
const EXAMPLE_DOMAINS: [&str; 7] =
    ["example.com", "example.org", "example.net", "domain.com", "mydomain.com", "mysite.com", "myserver.com"];

/// Labels of a host that stand for one that somebody should have put there.
const PLACEHOLDER_LABELS: [&str; 18] = [
    "your-company",
    "your-domain",
    "your-server",
    "your-site",
    "your-website",
    "yourcompany",
    "yourdomain",
    "yourserver",
    "yoursite",
    "yourwebsite",
    "seu-dominio",
    "seudominio",
    "seusite",
    "tu-dominio",
    "tudominio",
    "vash-domen",
    "вашдомен",
    "ваш-домен",
];

/// Whether a host is nobody's: reserved for examples, or a placeholder by its form.
#[must_use]
pub fn is_placeholder(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_lowercase();
    let Some((below, top)) = name.rsplit_once('.') else { return false };
    let is_example = |domain: &str| name.strip_suffix(domain).is_some_and(|below| below.is_empty() || below.ends_with('.'));
    matches!(top, "example" | "invalid")
        || EXAMPLE_DOMAINS.iter().any(|domain| is_example(domain))
        || below.split('.').any(|label| PLACEHOLDER_LABELS.contains(&label))
}

/// An address with a host: `https://host/path`, `//host/path`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'t> {
    /// `http`, `https`; empty where the page's own is taken.
    pub scheme: &'t str,
    /// Without user, password and port; as written.
    pub host: &'t str,
    /// From the slash after the host on, with query and fragment.
    pub rest: &'t str,
}

impl<'t> Address<'t> {
    /// Reads an address of the web; nothing for relative ones and other schemes.
    #[must_use]
    pub fn parse(text: &'t str) -> Option<Self> {
        let text = text.trim();
        let (scheme, after) = match text.split_once("//") {
            Some(("", after)) => ("", after),
            Some((scheme, after)) => (scheme.strip_suffix(':')?, after),
            None => return None,
        };
        if !matches!(scheme.to_ascii_lowercase().as_str(), "" | "http" | "https" | "ws" | "wss") {
            return None;
        }
        let end = after.find(['/', '?', '#', '\\']).unwrap_or(after.len());
        let (authority, rest) = after.split_at_checked(end)?;
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = match host.find(']') {
            Some(bracket) if host.starts_with('[') => host.get(..=bracket)?,
            _ => host.split(':').next().unwrap_or_default(),
        };
        (!host.is_empty()).then_some(Self { scheme, host, rest })
    }

    /// Whether it goes over the wire unencrypted.
    #[must_use]
    pub fn is_insecure(self) -> bool {
        self.scheme.eq_ignore_ascii_case("http") || self.scheme.eq_ignore_ascii_case("ws")
    }

    /// Whether its path names one release of a library: `jquery/3.7.1/`, `vue@2.6.14`. A range (`vue@2`) or nothing does not; a part
    /// that only run time knows may.
    #[must_use]
    pub fn has_fixed_version(self) -> bool {
        let path = self.rest.split(['?', '#']).next().unwrap_or_default();
        if has_hole(path) {
            return true;
        }
        path.split(['/', '@', '-', '_']).any(|part| {
            let part = part.strip_prefix(['v', 'V']).unwrap_or(part);
            let leading =
                part.split('.').take_while(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
            let numbers = leading.count();
            let is_range = path.contains(&*format!("@{part}")) && numbers < 3;
            numbers >= 2 && !is_range
        }) && !path.contains("@latest")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_their_standing() {
        let cases = [
            ("code.jquery.com", Some(Advised)),
            ("YaStatic.net", Some(Advised)),
            ("ajax.aspnetcdn.com", Some(Advised)),
            ("myaccount.kommo.com", Some(Kommo)),
            ("fastly.jsdelivr.net", Some(Checked)),
            ("cdnjs.cloudflare.com", Some(Checked)),
            ("pagecdn.io", Some(Checked)),
            ("unpkg.com", Some(Library)),
            ("js.stripe.com", Some(Service)),
            ("fonts.googleapis.com", Some(Service)),
            ("storage.googleapis.com", None),
            ("jsdelivr.net.evil.com", None),
            ("notkommo.com", None),
            ("cdn.example.com", None),
        ];
        for (name, standing) in cases {
            assert_eq!(known(name).map(|host| host.standing), standing, "{name}");
        }
    }

    #[test]
    fn imitations_are_seen() {
        for name in [
            "cdn.jsdelivr.net.example.com",
            "cdn.jsdeliver.net",
            "jsdelivr-cdn.com",
            "code-jquery.com",
            "code.jqeury.com",
            "cdnjs.cloudfare.com",
            "ajax.googleapis.co",
            "ajax.gooogleapis.com",
            "storage.googleapis.com",
            "yastatic.ru",
            "ajax.aspnetcdn.org",
        ] {
            assert!(imitated(name).is_some(), "{name}");
        }
        for name in [
            "cdn.jsdelivr.net",
            "gcore.jsdelivr.net",
            "unpkg.com",
            "cdn.example.com",
            "api.mycompany.io",
            "localhost",
            "code.org",
            "static.example.com",
            "maps.gstatic.com",
            "jobs.example.com",
        ] {
            assert_eq!(imitated(name), None, "{name}");
        }
    }

    #[test]
    fn local_hosts_are_told_apart() {
        for name in
            ["localhost", "127.0.0.1", "192.168.0.4", "10.1.2.3", "172.20.0.1", "[::1]", "app.local", "x.test", "test", "0.0.0.0"]
        {
            assert!(is_local(name), "{name}");
        }
        for name in ["8.8.8.8", "localhost.com", "172.32.0.1", "test.com", "local.example.com", "contest", "a1.ngrok.io"] {
            assert!(!is_local(name), "{name}");
        }
    }

    #[test]
    fn tunnels_are_told_from_hosting() {
        for name in [
            "a1.ngrok.io",
            "a1.NGROK-free.app.",
            "ngrok.acme.com",
            "a1.share.zrok.io",
            "a.loca.lt",
            "A-b.trycloudflare.com",
            "a.serveo.net",
            "webhook.site",
        ] {
            assert!(is_tunnel(name), "{name}");
        }
        for name in [
            "own.vercel.app",
            "own.netlify.app",
            "own.herokuapp.com",
            "own.now.sh",
            "own.me.repl.co",
            "zrok.io",
            "loca.lt.acme.com",
            "a1.ngrok.io.acme.com",
        ] {
            assert!(!is_tunnel(name), "{name}");
        }
    }

    #[test]
    fn placeholders_are_told_from_hosts() {
        for name in [
            "example.com",
            "API.example.org",
            "example.net.",
            "own.example",
            "nowhere.invalid",
            "yourdomain.ru",
            "api.your-domain.com",
            "www.domain.com",
            "seudominio.com.br",
            "ВашДомен.рф",
        ] {
            assert!(is_placeholder(name), "{name}");
        }
        for name in [
            "acme.com",
            "example.ru.acme.com",
            "myexample.com",
            "example.com.acme.io",
            "our-domain.com",
            "domain.company",
            "yourdomains.acme.com",
            "example",
            "",
        ] {
            assert!(!is_placeholder(name), "{name}");
        }
    }

    #[test]
    fn addresses_are_taken_apart() {
        let parts = |text| Address::parse(text).map(|address| (address.scheme, address.host, address.rest));
        assert_eq!(parts("https://a.com/x.js?v=1"), Some(("https", "a.com", "/x.js?v=1")));
        assert_eq!(parts(" //a.com"), Some(("", "a.com", "")));
        assert_eq!(parts("HTTP://user:x@a.com:8080/y"), Some(("HTTP", "a.com", "/y")));
        assert_eq!(parts("https://[::1]:3000/y"), Some(("https", "[::1]", "/y")));
        for text in ["/x.js", "x.js", "data:text/css,//a", "file:///etc", "javascript:a//b", "https:///x", "a//b", ""] {
            assert_eq!(parts(text), None, "{text}");
        }
        assert!(Address::parse("http://a.com").is_some_and(Address::is_insecure));
        assert!(!Address::parse("//a.com").is_some_and(Address::is_insecure));
    }

    #[test]
    fn fixed_versions_are_told_from_ranges() {
        let fixed = |text| Address::parse(text).is_some_and(Address::has_fixed_version);
        for text in [
            "https://code.jquery.com/jquery-3.7.1.min.js",
            "https://code.jquery.com/ui/1.13.2/jquery-ui.js",
            "https://cdn.jsdelivr.net/npm/vue@2.6.14/dist/vue.js",
            "https://cdn.jsdelivr.net/npm/@scope/pkg@1.0.0-rc.1",
            "https://use.fontawesome.com/releases/v5.15.4/css/all.css",
            "https://cdn.datatables.net/1.10.25/js/jquery.dataTables.min.js",
        ] {
            assert!(fixed(text), "{text}");
        }
        for text in [
            "https://code.jquery.com/jquery.min.js",
            "https://code.jquery.com/jquery-latest.js",
            "https://cdn.jsdelivr.net/npm/vue",
            "https://cdn.jsdelivr.net/npm/vue@latest/dist/vue.js",
            "https://cdn.jsdelivr.net/npm/vue@2/dist/vue.js",
            "https://cdn.jsdelivr.net/npm/vue@2.6",
            "https://ajax.googleapis.com/ajax/libs/jquery/3/jquery.min.js",
            "https://unpkg.com/react?v=1.2.3",
        ] {
            assert!(!fixed(text), "{text}");
        }
    }
}
