#!/usr/bin/env bash
# Stand nginx, granian and PostgreSQL up on loopback from the files in this folder, and look at every promise they make.
# Only paths, ports and passwords are replaced. Everything lives in one temporary folder and is gone at the end.
set -u -o pipefail
umask 022
ROOT=$(cd "$(dirname "$0")/.." && pwd)
HOST=library.example
passed=0 failed=0 pids=()

check() { # NAME COMMAND…: run the command, count and print
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        passed=$((passed + 1))
        printf 'ok    %s\n' "$name"
    else
        failed=$((failed + 1))
        printf 'FAIL  %s%s\n' "$name" "${said:+: ${said:0:300}}"
    fi
}
die() { printf 'cannot try: %s\n' "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }

# --- what has to be on this machine ---------------------------------------------------------------------------------
pg_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
provide() {
    local wanted=()
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || wanted+=(nginx-light)
    [ -n "$(pg_bin)" ] || wanted+=(postgresql)
    command -v curl >/dev/null || wanted+=(curl)
    command -v openssl >/dev/null || wanted+=(openssl)
    if [ ${#wanted[@]} -gt 0 ]; then
        is_root && command -v apt-get >/dev/null || die "install ${wanted[*]} first"
        echo "Installing ${wanted[*]} …"
        export DEBIAN_FRONTEND=noninteractive
        # A server that the package would start on the real ports is kept from starting.
        apt-get -o DPkg::Lock::Timeout=300 -qq update && RUNLEVEL=1 apt-get -o DPkg::Lock::Timeout=300 -qq install \
            --no-install-recommends -y "${wanted[@]}" >/dev/null || die "apt-get could not install ${wanted[*]}"
    fi
    PG=$(pg_bin)
    [ -n "$PG" ] || die "no PostgreSQL programs under /usr/lib/postgresql"
    [ -x "$ROOT/.venv/bin/granian" ] || die "run make install first"
    PATH=$PATH:/usr/sbin
}

# --- one server in one folder ---------------------------------------------------------------------------------------
as_postgres() { if is_root; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
as_nginx_sees() { # the paths and ports of a real server become ours
    sed -e "s#/opt/wenmai#$T/opt/wenmai#g; s#/etc/wenmai#$T/etc#g; s#/run/wenmai#$T/run#g; s#/run/nginx.pid#$T/nginx.pid#" \
        -e "s#/var/log/nginx#$T/log#g; s#/var/lib/wenmai#$T/data#g; s#/var/www/acme#$T/acme#" \
        -e "/listen \[::\]/d; s/listen 80\b/listen 127.0.0.1:$HTTP/; s/listen 443\b/listen 127.0.0.1:$HTTPS/" "$@"
}
become_site() { # COMMAND…: with the environment of the site's unit and nothing else; ENV_FILES names its files
    cd "$T/opt/wenmai" && umask "${UMASK:-0027}" && exec "${AS[@]}" env -i PATH="$PATH" LANG=C.UTF-8 HOME=/nonexistent \
        PYTHONDONTWRITEBYTECODE=1 WENMAI_SOCKET="$T/run/granian.sock" $(cat $ENV_FILES | grep -E '^[A-Z]') "$@"
}
site() { (become_site "$@"); }
manage() { site .venv/bin/python manage.py "$@"; }
random() { openssl rand -hex 20; }

lay_out() {
    T=$(mktemp -d /tmp/wenmai-try-XXXXXX)
    chmod 711 "$T"
    mkdir -p "$T"/{opt/wenmai/var/static,etc/tls,run,log,data/media,acme/.well-known/acme-challenge,tmp,pg}
    tar -C "$ROOT" --exclude=./var --exclude=./.venv --exclude=./.git --exclude=./.env -cf - . | tar -C "$T/opt/wenmai" -xf -
    ln -s "$ROOT/.venv" "$T/opt/wenmai/.venv"
    read -r HTTP HTTPS DB < <("$ROOT/.venv/bin/python" -c '
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(s.getsockname()[1] for s in held))')
    AS=() ENV_FILES=$T/etc/env
    # The site runs as a stranger without rights, where that stranger may read this checkout.
    local stranger=(setpriv --reuid nobody --regid nogroup --clear-groups --no-new-privs)
    if is_root && "${stranger[@]}" env "$ROOT/.venv/bin/granian" --version >/dev/null 2>&1; then
        AS=("${stranger[@]}")
        chown nobody:nogroup "$T/opt/wenmai/var/static" "$T/data" "$T/data/media"
        chown nobody:www-data "$T/run"
    else
        echo "note  the site runs as $(id -un): nobody else may read this Python"
        is_root && chown root:www-data "$T/run"
    fi
    chmod 2750 "$T/run"
    is_root && chown postgres "$T/pg"
    local owner app
    owner=$(random) app=$(random) superuser=$(random)
    sed -e "s/^SECRET_KEY=.*/SECRET_KEY=$(random)$(random)/; s/APP_PASSWORD/$app/; s/:5432/:$DB/" \
        -e "s#/var/lib/wenmai#$T/data#" "$ROOT/deploy/env.example" > "$T/etc/env"
    sed -e "s/OWNER_PASSWORD/$owner/; s/:5432/:$DB/" "$ROOT/deploy/release.env.example" > "$T/etc/release.env"
    export OWNER_PASSWORD=$owner APP_PASSWORD=$app PGPASSWORD=$superuser
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$HOST" \
        -addext "subjectAltName=DNS:$HOST" -keyout "$T/etc/tls/privkey.pem" -out "$T/etc/tls/fullchain.pem" 2>/dev/null
    local temp="client_body_temp_path $T/tmp/body; proxy_temp_path $T/tmp/proxy; fastcgi_temp_path $T/tmp/f;"
    as_nginx_sees "$ROOT/deploy/nginx.conf" |
        sed "s#^http {#&\n    $temp uwsgi_temp_path $T/tmp/u; scgi_temp_path $T/tmp/s;#" > "$T/nginx.conf"
}
start_database() {
    echo "$PGPASSWORD" > "$T/pg/password"
    is_root && chown postgres "$T/pg/password"
    as_postgres "$PG/initdb" -k -D "$T/pg/cluster" -U postgres -A scram-sha-256 --pwfile="$T/pg/password" -E UTF8 \
        --locale=C.UTF-8 > "$T/log/initdb" || die "initdb failed"
    as_postgres "$PG/pg_ctl" -D "$T/pg/cluster" -w -s -l "$T/pg/log" -o "-c listen_addresses=127.0.0.1 -c port=$DB \
        -c unix_socket_directories= -c fsync=off" start || die "PostgreSQL did not start"
    as_superuser -f "$ROOT/deploy/postgresql.sql" postgres > "$T/log/sql" 2>&1 || die "$(cat "$T/log/sql")"
}
as_superuser() { "$PG/psql" -XqtA -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$DB" -U postgres "$@"; }
as_app() { PGPASSWORD=$APP_PASSWORD "$PG/psql" -XqtA -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$DB" -U wenmai -d wenmai "$@"; }
unit() { as_nginx_sees "$ROOT/deploy/systemd/$1" | sed -n "s/^$2=//p"; } # the commands of a unit, with our paths
release() {
    local command
    while read -r command; do
        ENV_FILES="$T/etc/env $T/etc/release.env" UMASK=0022 site $command > "$T/log/release" 2>&1 ||
            die "$command: $(tail -5 "$T/log/release")"
    done < <(unit wenmai-release.service ExecStart)
}
start_site() {
    (become_site $(unit wenmai.service ExecStart)) >> "$T/log/site" 2>&1 &
    SITE=$!
    pids+=("$SITE")
    site $(unit wenmai.service ExecStartPost) || die "the site did not answer: $(tail -20 "$T/log/site")"
}
start_nginx() {
    nginx -t -q -c "$T/nginx.conf" -e "$T/log/error.log" || die "nginx refuses its configuration"
    nginx -c "$T/nginx.conf" -e "$T/log/error.log" -g 'daemon off;' 2>> "$T/log/nginx" &
    pids+=($!)
    for _ in $(seq 50); do (: < "/dev/tcp/127.0.0.1/$HTTPS") 2>/dev/null && return; sleep 0.1; done
    die "nginx did not start"
}
clean_up() {
    local pid
    [ -n "${T:-}" ] || return
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null; done
    [ -e "$T/pg/cluster/postmaster.pid" ] && as_postgres "$PG/pg_ctl" -D "$T/pg/cluster" -s -m immediate stop
    if [ -n "${KEEP:-}" ]; then echo "kept: $T"; else rm -rf "$T"; fi
}

# --- questions ------------------------------------------------------------------------------------------------------
browser() { # curl as a browser of this one site
    curl -sS --noproxy '*' --max-time 60 --cacert "$T/etc/tls/fullchain.pem" --resolve "$HOST:$HTTPS:127.0.0.1" \
        --resolve "$HOST:$HTTP:127.0.0.1" -b "$T/cookies" -c "$T/cookies" "$@"
}
ask() { # PATH [curl options]: the answer's status, head and body
    local path=$1
    shift
    status=$(browser -D "$T/head" -o "$T/body" -w '%{http_code}' "https://$HOST:$HTTPS$path" "$@" 2> "$T/log/curl")
    tr -d '\r' < "$T/head" > "$T/head.txt"
}
head_has() { grep -qiE "^$1" "$T/head.txt" || { cat "$T/head.txt"; return 1; }; }
body_has() { grep -qE "$1" "$T/body" || { head -c 300 "$T/body"; return 1; }; }
is() { [ "$1" = "$2" ] || { echo "$1, not $2"; return 1; }; }
headers_once() { # each security header stands exactly once, and no program tells its version
    local name count
    for name in $(sed -n 's/^add_header \([^ ]*\).*/\1/p' "$ROOT/deploy/nginx_headers.conf" | grep -vE 'Cache-Control|Retry-After'); do
        count=$(grep -ci "^$name: " "$T/head.txt")
        [ "$count" = 1 ] || { echo "$name stands $count times"; return 1; }
    done
    ! grep -iE '^(x-powered-by|server: .*[0-9])' "$T/head.txt"
}
page() { # NAME PATH STATUS PATTERN [curl options]
    local name=$1 path=$2 wanted=$3 pattern=$4
    shift 4
    ask "$path" "$@"
    check "$name: $wanted" is "$status" "$wanted"
    check "$name: content" body_has "$pattern"
    check "$name: security headers, once each" headers_once
}
silent() { # curl options: the server must close without an answer
    local answer
    answer=$(browser -o /dev/null -w '%{http_code}' "$@" 2>/dev/null)
    is "${answer:-000}" 000
}
no_app_tables() { ! as_app -c 'CREATE TABLE intruder (id int)' 2>/dev/null; }

check_database() {
    check "database: checksums are on" is "$(as_superuser -d wenmai -c 'SHOW data_checksums')" on
    check "database: locale" is "$(as_superuser -d wenmai -c "SELECT datcollate FROM pg_database WHERE datname = 'wenmai'")" C.UTF-8
    check "app role: limits" is "$(as_app -c "SELECT concat_ws(' ', current_setting('statement_timeout'),
        current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),
        current_setting('client_connection_check_interval'))")" "15s 3s 30s 5s"
    check "app role: is no superuser and makes no database" is \
        "$(as_app -c 'SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user')" f
    check "app role: cannot make a table" no_app_tables
}
check_pages() {
    page "home" / 200 '/articles/[0-9]+/'
    local article style
    article=$(grep -oE '/articles/[0-9]+/' "$T/body" | head -1)
    style=$(grep -oE '/static/[^"]+\.[0-9a-f]{12}\.css' "$T/body" | head -1)
    page "article" "$article" 200 '<h1'
    page "Traditional" "/zh-hant$article" 200 'lang="zh-[Hh]ant'
    page "English" "/en$article" 200 'lang="en'
    ask "$article" --compressed
    check "article: compressed" head_has 'content-encoding: gzip'
    page "not found" /articles/999999999/ 404 '</html>'
    page "alive" /healthz 200 '^ok'
    page "ready" /readyz 200 '^ready'
    page "static file" "$style" 200 '\{'
    check "static file: kept for ever" head_has 'cache-control: public, max-age=31536000, immutable'
    ask "$style" -H 'Accept-Encoding: gzip'
    check "static file: compressed beforehand" head_has 'content-encoding: gzip'
    check "static file: those very bytes" cmp "$T/body" "$T/opt/wenmai/var$style.gz"
    page "no such static file" /static/css/none.0123456789ab.css 404 'cannot be answered'
    check "no such static file: not kept" head_has 'cache-control: no-store'
}
check_refusals() {
    page "list of static files" /static/staticfiles.json 404 'cannot be answered'
    page "dotfile" /.env 404 'cannot be answered'
    page "dotfile below" /static/.git/config 404 'cannot be answered'
    echo "a capture" > "$T/data/media/capture.txt"
    page "media" /media/capture.txt 404 '</html>'
    page "long header" / 400 'cannot be answered' --http1.1 -H "X-Long: $(head -c 9000 /dev/zero | tr '\0' x)"
    page "long address" "/?q=$(head -c 9000 /dev/zero | tr '\0' x)" 414 'cannot be answered' --http1.1
    check "40 KB of headers over HTTP/2: silence" silent -H "X-Long: $(head -c 40000 /dev/zero | tr '\0' x)" "https://$HOST:$HTTPS/"
    check "other name over TLS: silence" silent -H 'Host: other.example' "https://$HOST:$HTTPS/"
    check "other name in the handshake: silence" silent -k --resolve "other.example:$HTTPS:127.0.0.1" "https://other.example:$HTTPS/"
    check "other name without TLS: silence" silent -H 'Host: other.example' "http://127.0.0.1:$HTTP/"
    browser -D "$T/head" -o "$T/body" "http://$HOST:$HTTP/themes/?a=1"
    tr -d '\r' < "$T/head" > "$T/head.txt"
    check "plain HTTP: sent to TLS" head_has "location: https://$HOST/themes/\?a=1"
    echo token > "$T/acme/.well-known/acme-challenge/try"
    check "plain HTTP: the certificate's proof" is "$(browser "http://$HOST:$HTTP/.well-known/acme-challenge/try")" token
}
token() { sed -nE 's/.*name="csrfmiddlewaretoken" value="([^"]+)".*/\1/p' "$T/body" | head -1; }
log_in() { # NAME PASSWORD [curl options]
    local form="username=$1&next=/admin/" password=$2
    shift 2
    ask /admin/login/
    ask /admin/login/ -H "Referer: https://$HOST/admin/login/" -d "$form&csrfmiddlewaretoken=$(token)" --data-urlencode "password=$password" "$@"
}
check_admin() {
    local password articles from=127.0.0.1
    password=$(random)
    site env DJANGO_SUPERUSER_PASSWORD="$password" .venv/bin/python manage.py createsuperuser --no-input --username trier \
        --email trier@library.example > "$T/log/createsuperuser" 2>&1
    check "app role: makes an account" is $? 0
    [ "$(uname)" = Linux ] && from=127.0.0.2
    log_in trier wrong --interface "$from" -H 'X-Forwarded-For: 203.0.113.9' -H 'X-Real-IP: 203.0.113.9'
    check "wrong password: refused" is "$status" 200
    check "a forged X-Forwarded-For is not believed" is \
        "$(as_superuser -d wenmai -c 'SELECT host(ip_address) FROM axes_accessattempt ORDER BY id DESC LIMIT 1')" "$from"
    log_in trier "$password"
    check "log in" is "$status" 302
    check "session cookie" head_has 'set-cookie: __Host-sid=.*HttpOnly.*Path=/.*SameSite=Lax.*Secure'
    page "admin" /admin/ 200 'bring-in'
    check "admin: in no cache" head_has 'cache-control: .*no-store'
    ask /admin/articles/article/bring-in/
    check "CSRF cookie" grep -q '__Host-csrf' "$T/cookies"
    write_article > "$T/page.html"
    articles=$(as_app -c 'SELECT count(*) FROM articles_article')
    local sent=(-H "Referer: https://$HOST/admin/" -F "csrfmiddlewaretoken=$(token)")
    page "upload" /admin/articles/article/bring-in/ 200 '/admin/articles/article/[0-9]+/change/' "${sent[@]}" -F "files=@$T/page.html"
    check "upload: an article more" is "$(as_app -c 'SELECT count(*) FROM articles_article')" $((articles + 1))
    check "upload: its capture is stored, readable to the site only" no_open_media
    head -c $((61 * 1024 * 1024)) /dev/zero > "$T/big"
    page "upload of 61 MB" /admin/articles/article/bring-in/ 413 'Too large' "${sent[@]}" -F "files=@$T/big"
    head -c $((2 * 1024 * 1024)) /dev/zero > "$T/big"
    page "2 MB from a reader" / 413 'Too large' --data-binary "@$T/big"
    ask /admin/articles/article/add/ "${sent[@]}" -F "notes=<$T/big"
    check "2 MB in an editor's form: not nginx's to refuse" grep -qxE '200|302|400' <<< "$status"
}
no_open_media() {
    [ "$(find "$T/data/media" -type f ! -name capture.txt | wc -l)" -gt 0 ] && [ -z "$(find "$T/data/media" -type f -perm /007 ! -name capture.txt)" ]
}
write_article() {
    local line
    echo '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>河口村的账本怎样公开</title></head><body><article>'
    echo '<h1>河口村的账本怎样公开</h1><p>作者：试运行 2024年5月6日 来源：试运行示例报</p>'
    for line in 一 二 三 四 五 六; do
        echo "<p>第${line}次村民会议讨论了账本公开的办法。会上有人提出，收入和支出应当分开列出，每一笔都写明用途、经手人和日期，
贴在村口的公告栏里至少一个月；也有人建议把公告拍照发到村民的群里，让在外做工的人也能看到，并且可以提出疑问。</p>"
    done
    echo '</article></body></html>'
}
check_life() {
    local answer
    # A table is locked for two seconds, so that a request is under way when the server is told to stop.
    as_superuser -d wenmai -c 'BEGIN; LOCK TABLE articles_article IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(2); COMMIT' > /dev/null &
    local locking=$!
    sleep 0.5
    browser -o /dev/null -w '%{http_code}' "https://$HOST:$HTTPS/articles/" > "$T/answer" &
    local asking=$!
    sleep 0.5
    kill -TERM "$SITE"
    wait "$asking" "$locking"
    wait "$SITE" 2>/dev/null
    answer=$(cat "$T/answer")
    check "SIGTERM: the request under way is finished" is "$answer" 200
    page "site stopped" / 502 'The site is busy'
    check "site stopped: when to come back" head_has 'retry-after: 30'
    check "site stopped: not kept" head_has 'cache-control: no-store'
    start_site
    local workers
    workers=$(pgrep -P "$SITE")
    kill -KILL "$SITE" $workers
    wait "$SITE" 2>/dev/null
    start_site
    ask /readyz
    check "killed: starts again over the socket left behind" is "$status" 200
    workers=$(pgrep -P "$SITE")
    eval "$(unit wenmai.service ExecReload | sed "s/\$MAINPID/$SITE/")"
    local until=$((SECONDS + 20))
    while [ $SECONDS -lt $until ] && [ -n "$(still_there $workers)" ]; do
        browser -o /dev/null -w '%{http_code}\n' "https://$HOST:$HTTPS/healthz"
    done > "$T/answer"
    check "reload: every worker is a new one" is "$(still_there $workers)" ""
    check "reload: none of $(wc -l < "$T/answer") requests is lost" is "$(sort -u "$T/answer" | tr '\n' ' ')" "200 "
}
still_there() { local pid; for pid in "$@"; do kill -0 "$pid" 2>/dev/null && echo "$pid"; done; }
slow_header() { # begin a request, never end it, and see how long nginx waits
    local began=$SECONDS
    exec 9<> "/dev/tcp/127.0.0.1/$HTTP" && printf 'GET / HTTP/1.1\r\n' >&9
    timeout 30 cat <&9 > /dev/null 2>&1
    echo $((SECONDS - began)) > "$T/slow"
}

provide
trap clean_up EXIT
trap 'exit 130' INT TERM
lay_out
start_database
release
check "app role: lays out the demonstration" manage load_demo
start_site
start_nginx
slow_header &
slow=$!
check_database
check_pages
check_refusals
check_admin
check_life
wait "$slow"
check "a header that never ends: cut off after 10 seconds" test "$(cat "$T/slow")" -ge 9 -a "$(cat "$T/slow")" -le 13
check "the log of nginx holds nothing worse than the stopped site" sh -c \
    "! grep -E '\[(alert|crit|emerg)\]' '$T/log/error.log' | grep -v 'granian.sock failed'"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
