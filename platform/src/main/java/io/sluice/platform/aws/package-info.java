/** What calls to AWS and to those who speak its protocols have in common. */
@NullMarked
package io.sluice.platform.aws;

import org.jspecify.annotations.NullMarked;
