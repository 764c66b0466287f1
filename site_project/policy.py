"""What a browser may do with our pages: content security policies and the headers every response carries."""

from csp.constants import NONCE, NONE, SELF

REPORT_ADDRESS = "/csp-report/"

PUBLIC = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "object-src": [NONE],
    "report-uri": REPORT_ADDRESS,
}
PUBLIC_TRUSTED_TYPES = {"require-trusted-types-for": ["'script'"], "trusted-types": [NONE]}

# The admin's editor writes its import map into the page and needs a nonce; jQuery fails under trusted types.
ADMIN = {
    **PUBLIC,
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:"],
    "frame-src": [SELF],  # the preview beside the form
}
# What is no page (static files, captures, plain answers) may do nothing at all.
NOT_A_PAGE = "default-src 'none'; frame-ancestors 'none'; sandbox"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope "
            "hid magnetometer microphone midi payment picture-in-picture publickey-credentials-get "
            "screen-wake-lock serial usb xr-spatial-tracking"
        ).split()
    ),
    "Server": "wenmai",
}
