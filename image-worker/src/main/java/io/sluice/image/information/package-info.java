/** What an image shows and is: facts, colours and placeholders, looked up once. */
@NullMarked
package io.sluice.image.information;

import org.jspecify.annotations.NullMarked;
