/// Login by OpenID Connect (https://openid.net/specs/openid-connect-core-1_0.html), and its tokens
/// as bearer. Start with [OidcProvider]; [OidcRoutes] are for browsers.
@NullMarked
package io.mlopscore.tracking.oidc;

import org.jspecify.annotations.NullMarked;
