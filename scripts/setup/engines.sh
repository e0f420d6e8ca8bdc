# Finds or installs the other engines that the journeys run in: Firefox, and WebKitGTK with its own virtual screen.
# Sourced by scripts/setup.sh. FIREFOX, WEBKIT_DRIVER, WEBKIT_BROWSER and XVFB_RUN, if set, are the paths of the programs.
# If an engine is missing, its journeys are skipped, except in continuous integration, which must have both.

mac_firefox='/Applications/Firefox.app/Contents/MacOS/firefox'

find_firefox() {
    local name
    for name in firefox-esr firefox; do
        command -v "$name" 2>/dev/null && return 0
    done
    [ -x "$mac_firefox" ] && printf '%s\n' "$mac_firefox"
}

# WebKitGTK's own small browser is in the folder of its library, whose name contains the version of the library.
find_minibrowser() {
    local found
    for found in /usr/lib/*/webkit2gtk-4*/MiniBrowser /usr/lib*/webkit2gtk-4*/MiniBrowser /usr/libexec/webkit2gtk-4*/MiniBrowser; do
        [ -x "$found" ] && printf '%s\n' "$found" && return 0
    done
    return 1
}

locate_engines() {
    FIREFOX=${FIREFOX:-$(find_firefox || true)}
    WEBKIT_DRIVER=${WEBKIT_DRIVER:-$(command -v WebKitWebDriver 2>/dev/null || true)}
    WEBKIT_BROWSER=${WEBKIT_BROWSER:-$(find_minibrowser || true)}
    XVFB_RUN=${XVFB_RUN:-$(command -v xvfb-run 2>/dev/null || true)}
}

has_firefox() { [ -n "$FIREFOX" ]; }
has_webkit() { [ -n "$WEBKIT_DRIVER" ] && [ -n "$WEBKIT_BROWSER" ] && [ -n "$XVFB_RUN" ]; }

need_engines() {
    local packages=()
    locate_engines
    if have apt-get && have dpkg && may_be_root; then
        has_firefox || packages+=(firefox-esr)
        has_webkit || packages+=(webkit2gtk-driver xvfb xauth)
        install_engines ${packages[@]+"${packages[@]}"}
        locate_engines
    fi
    has_firefox || do_without Firefox "firefox-esr, or set FIREFOX to it"
    has_webkit || do_without WebKitGTK "webkit2gtk-driver xvfb xauth, or set WEBKIT_DRIVER and WEBKIT_BROWSER to its driver and its MiniBrowser, and XVFB_RUN to xvfb-run"
}

install_engines() {
    local offered=() package
    [ $# -gt 0 ] && apt_update || return 0
    for package in "$@"; do
        apt_offers "$package" && offered+=("$package")
    done
    [ ${#offered[@]} -gt 0 ] || return 0
    attempt "installing the other engines to test in: ${offered[*]} (about 1 minute)" apt_install "${offered[@]}" || show_log
    hash -r
}

# do_without ENGINE "what to install"
do_without() {
    [ -z "${CI:-}" ] || stop "there is no $1 to test in, and continuous integration tests in three engines; install $2 (the Debian packages), then run this again."
    say "there is no $1 here, so the page's journeys do not run in it (Debian: install $2)"
}
