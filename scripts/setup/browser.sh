# Finds or installs a browser of the Chromium family and its driver, and configures how the driver starts the browser.
# Sourced by scripts/setup.sh. CHROME and CHROMEDRIVER, if set, are the paths of the two. CHROME_SHELL is a Chromium without
# windows, if there is one: it opens pages faster, for the many tests that need no window.

mac_chrome='/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
browser_names='google-chrome google-chrome-stable chromium chromium-browser'

find_browser() {
    local name
    for name in $browser_names; do
        command -v "$name" 2>/dev/null && return 0
    done
    [ -x "$mac_chrome" ] && printf '%s\n' "$mac_chrome"
}

# Sets CHROME and CHROMEDRIVER to the installed programs, or to nothing.
locate_browser() {
    CHROME=${CHROME:-$(find_browser || true)}
    CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver 2>/dev/null || true)}
    # Debian has both in one version.
    if [ "$(basename "$CHROME")" = chromium ]; then
        CHROME_SHELL=${CHROME_SHELL:-$(command -v chromium-headless-shell 2>/dev/null || true)}
    fi
}

need_browser() {
    [ -z "${CHROME:-}" ] || [ -x "$CHROME" ] ||
        stop "CHROME is \"$CHROME\", which is not a program; set it to a Chrome or Chromium, or unset it, then run this again."
    [ -z "${CHROMEDRIVER:-}" ] || [ -x "$CHROMEDRIVER" ] ||
        stop "CHROMEDRIVER is \"$CHROMEDRIVER\", which is not a program; set it to the driver of your browser, or unset it, then run this again."

    locate_browser
    if [ -z "$CHROME" ] || { [ -z "$CHROMEDRIVER" ] && [ "$(basename "$CHROME")" = chromium ]; }; then
        install_debian_browser
        locate_browser
    fi
    [ -n "$CHROME" ] ||
        stop "there is no Chrome or Chromium to test in; install one with its driver (Debian: \`apt-get install chromium chromium-driver\`; elsewhere: https://www.google.com/chrome), or set CHROME to it, then run this again."
    [ -n "$CHROMEDRIVER" ] || say "no chromedriver on PATH; wasm-pack will fetch one (or set CHROMEDRIVER)"
}

# Does nothing if there is no apt, if it may not be used, or if it offers no Chromium.
install_debian_browser() {
    have apt-get && may_be_root && apt_update && apt_offers chromium-driver || return 0
    local shell=
    ! apt_offers chromium-headless-shell || shell=chromium-headless-shell
    # shellcheck disable=SC2086 # no word where there is none
    attempt "installing Chromium and its driver (about 1 minute)" apt_install chromium chromium-driver $shell || {
        show_log
        stop "apt could not install chromium and chromium-driver (its last lines are above); install a Chrome and its driver by hand, or set CHROME and CHROMEDRIVER, then run this again."
    }
    hash -r
}

# chromedriver finds Google's Chrome by itself, but has to be told the path of any other browser. As root, a browser starts
# only without its sandbox. A webdriver.json that names this browser, or none, is kept: the reader may have written it.
write_webdriver_json() {
    local sandbox=
    [ "$(id -u)" -ne 0 ] || sandbox='"--no-sandbox", '
    case "$CHROME" in
        "$mac_chrome" | */google-chrome | */google-chrome-stable) [ -n "$sandbox" ] || return 0 ;;
    esac
    if [ -f webdriver.json ]; then
        local named
        named=$(sed -n 's/.*"binary": *"\([^"]*\)".*/\1/p' webdriver.json)
        [ -z "$named" ] || [ "$named" = "$CHROME" ] && return 0
    fi
    say "writing webdriver.json for $CHROME"
    cat >webdriver.json <<JSON
{
  "goog:chromeOptions": {
    "binary": "$CHROME",
    "args": [
      "--headless", ${sandbox}"--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-quic"
    ]
  }
}
JSON
}
