/** The one GitHub account: its SKUs, its billing period, its plan. */
@NullMarked
package io.sluice.lfs.account;

import org.jspecify.annotations.NullMarked;
