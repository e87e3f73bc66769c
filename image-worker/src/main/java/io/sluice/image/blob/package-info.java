/** Where bytes are kept: a folder, or a bucket that speaks S3. It knows keys, not images. */
@NullMarked
package io.sluice.image.blob;

import org.jspecify.annotations.NullMarked;
