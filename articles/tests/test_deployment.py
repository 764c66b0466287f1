import ast
import base64
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase
from django.urls import reverse

from articles.admin import bringing
from articles.models import new_token
from site_project import policy

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
READERS = {"text", "flag", "number", "words", "secret"}
MEGABYTE = 1024 * 1024


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def names_read() -> set[str]:
    """Every variable that the site's settings and its start script ask for."""
    calls = (node for node in ast.walk(ast.parse(read("site_project/settings.py"))) if isinstance(node, ast.Call))
    asked = {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in READERS and ast.unparse(call.func.value) == "env"
    }
    return asked | set(re.findall(r"\$\{([A-Z_]+):-", read("deploy/serve.sh")))


def names_in(example: str) -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", read(f"deploy/{example}"), re.MULTILINE))


def block(opening: str) -> str:
    """The lines of nginx.conf from `opening {` to its closing brace."""
    return re.search(re.escape(opening) + r" \{\n(.*?)\n {8}\}", read("deploy/nginx.conf"), re.DOTALL).group(1)


class SettingsTests(SimpleTestCase):
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/deployment.md"), re.MULTILINE))

    def test_it_explains_every_variable_and_no_other(self):
        self.assertEqual(self.documented, names_read())

    def test_it_gives_examples_of_known_variables_only(self):
        self.assertLessEqual(names_in("env.example") | names_in("release.env.example"), self.documented)

    def test_it_gives_no_secret_away(self):
        for name in ("env.example", "postgresql.env.example"):
            with self.subTest(name):
                self.assertNotRegex(read(f"deploy/{name}"), r"(?m)^(SECRET_KEY|\w*PASSWORD)=.")
        self.assertNotIn("PASSWORD:", read("deploy/compose.yaml"))

    def test_it_asks_for_the_safe_side_even_beside_a_private_env_file(self):
        self.assertRegex(read("deploy/env.example"), r"DEBUG=false\nLOCAL=false\n")


class HeaderTests(SimpleTestCase):
    text = read("deploy/nginx_headers.conf")

    def added(self) -> dict[str, str]:
        maps = dict(re.findall(r'^map \S+ (\$add_\w+) \{[^}]*?^    "" "(.*)";$', self.text, re.MULTILINE))
        pairs = re.findall(r"^add_header (\S+) (\$\w+) always;$", self.text, re.MULTILINE)
        return {name: maps[variable] for name, variable in pairs if variable in maps}

    def test_it_sends_what_the_site_sends(self):
        expected = {name: value for name, value in policy.HEADERS.items() if name != "Server"}
        self.assertEqual(self.added(), expected)
        self.assertIn(f'default "{policy.NOT_A_PAGE}";', self.text)

    def test_it_adds_headers_in_one_place(self):
        self.assertNotRegex(read("deploy/nginx.conf"), r"(?m)^\s*(add_header|expires)\b")

    def test_it_lets_error_pages_use_their_own_style_only(self):
        pages = sorted((DEPLOY / "error_pages").glob("*.html"))
        self.assertTrue(pages)
        for page in pages:
            with self.subTest(page.name):
                style = re.search(r"<style>(.*?)</style>", page.read_text("utf-8"), re.DOTALL).group(1)
                digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
                self.assertIn(f"style-src 'sha256-{digest}'", self.text)

    def test_it_has_a_page_for_each_of_its_errors(self):
        for path in re.findall(r"error_page [\d ]+ (\S+);", read("deploy/nginx.conf")):
            self.assertTrue((DEPLOY / path.lstrip("/")).is_file(), path)


class LimitTests(SimpleTestCase):
    def limit(self, opening: str) -> int:
        return int(re.search(r"client_max_body_size (\d+)m;", block(opening)).group(1)) * MEGABYTE

    def test_it_lets_editors_send_what_the_site_takes(self):
        self.assertEqual(self.limit("location /admin/"), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)

    def test_it_takes_the_largest_page_an_editor_may_bring_in(self):
        address = reverse("admin:articles_article_bring_in")
        self.assertGreater(self.limit(f"location = {address}"), bringing.MOST_BYTES)

    def test_it_believes_no_forwarded_address_of_a_visitor(self):
        text = read("deploy/nginx.conf")
        self.assertIn("proxy_set_header X-Forwarded-For $remote_addr;", text)
        self.assertIn("proxy_set_header X-Forwarded-Proto $scheme;", text)
        self.assertNotIn("$proxy_add_x_forwarded_for", text)

    def test_it_does_not_serve_media(self):
        self.assertNotIn("media", re.sub(r"#.*", "", read("deploy/nginx.conf")))


class AccessLogTests(SimpleTestCase):
    """What nginx writes down of a request, by the pattern of its own map."""

    text = read("deploy/nginx.conf")

    def logged(self, request: str) -> str:
        pattern = re.search(r'map \$request \$logged_request \{[^}]*?"~(\S.*)" "\$asked_of', self.text)[1]
        asked = re.fullmatch(pattern.replace("(?<", "(?P<"), request)
        return f"{asked['asked_of']}***{asked['asked_more']}" if asked else request

    def test_it_writes_down_no_token_of_a_preview(self):
        token = new_token()
        for language in ("", "/zh-hant", "/en"):
            for end in ("/", "", "?a=/preview/b", "/?a=b"):
                with self.subTest(language=language, end=end):
                    line = self.logged(f"GET {language}/preview/{token}{end} HTTP/1.1")
                    self.assertEqual(line, f"GET {language}/preview/***{end} HTTP/1.1")

    def test_it_writes_down_every_other_request_as_it_came(self):
        for path in ("/articles/7/", "/?q=/preview/x", "/admin/articles/article/7/preview/"):
            with self.subTest(path=path):
                self.assertEqual(self.logged(f"GET {path} HTTP/2.0"), f"GET {path} HTTP/2.0")

    def test_no_log_is_written_of_the_request_itself(self):
        self.assertNotIn("$request ", re.sub(r"map [^}]*}", "", self.text))
        self.assertNotRegex(self.text, r"log_format[^;]*\$(request|request_uri|uri|http_referer)\b")
        self.assertEqual(re.findall(r"access_log (.*);", self.text), ["/var/log/nginx/access.log site"])


class StartTests(SimpleTestCase):
    def test_it_starts_the_same_server_on_a_machine_and_in_a_container(self):
        self.assertIn("ExecStart=/opt/wenmai/deploy/serve.sh\n", read("deploy/systemd/wenmai.service"))
        self.assertIn('CMD ["deploy/serve.sh"]\n', read("deploy/Dockerfile"))
        self.assertTrue(os.access(DEPLOY / "serve.sh", os.X_OK))

    def test_it_keeps_everything_private_out_of_the_image(self):
        ignored = read(".dockerignore").splitlines()
        self.assertIn("*", ignored)
        self.assertFalse({"!.", "!.env", "!var", "!.git"} & set(ignored))

    def test_its_scripts_can_be_read_by_the_shell(self):
        for script in DEPLOY.glob("*.sh"):
            with self.subTest(script.name):
                done = subprocess.run(["bash", "-n", script], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""))


class NginxTests(SimpleTestCase):
    def setUp(self):
        self.nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if not self.nginx or not shutil.which("openssl"):
            missing = "nginx's own check of nginx.conf: no nginx or openssl found (apt-get install nginx-light openssl)"
            self.assertNotEqual(os.environ.get("CI"), "true", missing)
            self.skipTest(missing)

    def test_it_accepts_its_configuration(self):
        with tempfile.TemporaryDirectory() as folder:
            config = self.placed(Path(folder))
            command = [self.nginx, "-t", "-q", "-c", config, "-e", f"{folder}/error.log"]
            done = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def placed(self, folder: Path) -> Path:
        """Write the configuration into `folder` with its paths, a certificate, and ports that anybody may use."""
        key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
        make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=library.example"
        command = ["openssl", *make.split(), "-keyout", key, "-out", certificate]
        subprocess.run(command, check=True, capture_output=True)
        text = read("deploy/nginx.conf").replace("/opt/wenmai", str(ROOT)).replace("/etc/wenmai/tls", str(folder))
        text = text.replace("/var/log/nginx", str(folder)).replace("/run/nginx.pid", f"{folder}/pid")
        text = re.sub(r"listen \[::\].*\n", "", text).replace("listen ", "listen 127.0.0.1:18")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        config = folder / "nginx.conf"
        config.write_text(text.replace("http {", f"http {{ {temporary}", 1), "utf-8")
        return config
