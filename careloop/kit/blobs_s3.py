"""Blobs in a store that speaks S3: Amazon's, MinIO, Ceph and others."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from careloop.kit.blobs import Content
from careloop.kit.errors import Misconfigured, NotFound, Unavailable

_GONE = frozenset({"404", "NoSuchKey", "NotFound"})
_WRONG = frozenset({
    "AccessDenied", "403", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket",
    "InvalidBucketName", "PermanentRedirect", "AuthorizationHeaderMalformed",
})  # fmt: skip


class S3Blobs:
    """Blobs under `prefix/tenant/ab/abcd...` of a bucket; keys come from the AWS variables."""

    def __init__(self, bucket: str, prefix: str = "", endpoint: str = "") -> None:
        self.bucket, self._prefix, self._endpoint = bucket, prefix.strip("/"), endpoint

    def put(self, tenant_id: str, content: Content) -> None:
        key = self._key(tenant_id, content.sha256)
        if self._size(key) == len(content.data):
            return
        self._call(
            "put_object", Key=key, Body=content.data, ContentType=content.media_type,
        )  # fmt: skip

    def get(self, tenant_id: str, sha256: str) -> bytes:
        found = self._call("get_object", Key=self._key(tenant_id, sha256))
        data: bytes = found["Body"].read()
        return data

    def delete(self, tenant_id: str, sha256: str) -> None:
        self._call("delete_object", Key=self._key(tenant_id, sha256))

    def check(self) -> None:
        """Whether the bucket answers; `Misconfigured` or `Unavailable` tells why it does not."""
        self._call("list_objects_v2", MaxKeys=1)

    def _size(self, key: str) -> int | None:
        try:
            size: int = self._call("head_object", Key=key)["ContentLength"]
        except NotFound:
            return None
        return size

    def _key(self, tenant_id: str, sha256: str) -> str:
        return "/".join(filter(None, (self._prefix, tenant_id, sha256[:2], sha256)))

    def _call(self, name: str, **arguments: Any) -> Any:
        from botocore.exceptions import (  # type: ignore[import-untyped] # the package has no stubs
            BotoCoreError,
            ClientError,
            NoCredentialsError,
        )

        try:
            return getattr(self._client, name)(Bucket=self.bucket, **arguments)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _GONE:
                raise NotFound("The file is no longer stored") from None
            if code in _WRONG:
                raise Misconfigured(
                    f"The store refuses bucket {self.bucket!r} ({code}); check CARELOOP_BLOB_URL, "
                    "CARELOOP_BLOB_ENDPOINT and the AWS keys"
                ) from None
            raise Unavailable(f"The store of files fails ({code})") from None
        except NoCredentialsError:
            raise Misconfigured(
                "There are no keys for the store of files; set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY"
            ) from None
        except BotoCoreError as error:
            raise Unavailable(f"The store of files does not answer: {error}") from None

    @cached_property
    def _client(self) -> Any:
        try:
            import boto3  # type: ignore[import-untyped] # the package has no stubs
            from botocore.config import Config  # type: ignore[import-untyped] # nor this one
        except ImportError:
            raise Misconfigured(
                "CARELOOP_BLOB_URL names S3; install it with `pip install careloop[s3]`"
            ) from None
        config = Config(
            connect_timeout=5, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"}
        )
        return boto3.client("s3", endpoint_url=self._endpoint or None, config=config)
